// A WebSocket that comes back by itself, the small status line that says whether it is there, and work that is done again.

const SESSION_ENDED = 4401;
const LONGEST_WAIT = 5000;

// Times in the language of the page, and in the reader's own way of writing it where the browser says so (en-GB, pt-PT).
const page = document.documentElement.lang;
export const manner = navigator.languages.find((one) => one.split("-")[0] === page.split("-")[0]) || page || [];

export function clock(date) {
  return date.toLocaleTimeString(manner, { hour: "2-digit", minute: "2-digit" });
}

// One run at a time; a call during a run leads to one more, `pause` milliseconds after the last began. A timer is set only
// for a call that came too soon: in a tab that nobody looks at, timers are up to a second late.
export function oneAtATime(work, pause = 0) {
  let running = false;
  let again = false;
  let timer = 0;
  let next = 0;
  return async function run() {
    if (running) {
      again = true;
      return;
    }
    const now = performance.now();
    if (now < next) {
      timer ||= setTimeout(() => { timer = 0; run(); }, next - now);
      return;
    }
    clearTimeout(timer);
    timer = 0;
    running = true;
    next = now + pause;
    try {
      await work();
    } catch {
      // The connection is away: the socket's return comes here again.
    }
    running = false;
    if (!again) return;
    again = false;
    run();
  };
}

// Calls onFrame(frame) for each frame and onOpen(hello) after every connection: whoever listens catches up there, unless
// the server says in `hello.caught_up` that all that happened since `since` comes as frames.
export function connect(path, { since, status, onOpen, onFrame, onEnded }) {
  let wait = 500;
  let lostAt = null;

  function show() {
    if (!status) return;
    const words = lostAt ? status.dataset.lost.replace("{time}", clock(lostAt)) : status.dataset.live;
    if (status.textContent !== words) status.textContent = words;
    status.classList.toggle("on", !lostAt);
    status.classList.toggle("lost", Boolean(lostAt));
  }

  function open() {
    const socket = new WebSocket(since ? `${path}?since=${encodeURIComponent(since)}` : path);
    since = ""; // known once: after a lost connection everybody looks again
    socket.addEventListener("message", (event) => {
      // One frame, or the list of all that one commit changed.
      for (const frame of [JSON.parse(event.data)].flat()) {
        if (frame.kind === "hello") {
          wait = 500;
          lostAt = null;
          show();
          onOpen(frame);
        } else {
          onFrame(frame);
        }
      }
    });
    socket.addEventListener("close", (event) => {
      if (event.code === SESSION_ENDED) {
        onEnded();
        return;
      }
      lostAt = lostAt || new Date();
      show();
      setTimeout(open, wait * (0.7 + 0.6 * Math.random()));
      wait = Math.min(wait * 2, LONGEST_WAIT);
    });
  }

  open();
}
