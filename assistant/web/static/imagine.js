// Imagine as you type: words go out when enough of them are new, pictures come back, and only the newest is shown.

const STEP = 3; // new letters that are worth a picture
const GAP = 450; // at least so many milliseconds between two: twelve letters typed fast are at most four pictures
const PAUSE = 250; // whoever stops for so long wants to see what is there
const AGAIN = 1500;

const easel = document.getElementById("easel");
const picture = document.getElementById("easel-picture");
const empty = document.getElementById("easel-empty");
const said = document.getElementById("easel-said");
const form = document.getElementById("easel-form");
const text = document.getElementById("easel-text");
const other = document.getElementById("easel-other");
const save = document.getElementById("easel-save");
const dialog = document.getElementById("imagine");
const words = easel.dataset;

let socket = null;
let seq = 0; // of the last wish
let shown = 0; // of the picture that is seen
let coming = 0; // whose bytes are the next binary frame
let wish = null; // the last one, until it is answered
let sent = ""; // its words
let sentAt = 0;
let took = 0;
let timer = null;

const newSeed = () => crypto.getRandomValues(new Uint32Array(1))[0] >>> 1;
let seed = newSeed(); // one for each sketch: what is drawn stays where it is while words are added

function say(message, bad) {
  said.classList.toggle("bad", Boolean(bad));
  if (said.textContent !== message) said.textContent = message;
}

// --- what comes ---

async function show(number, bytes) {
  const address = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
  const next = new Image();
  next.src = address;
  await next.decode();
  if (number <= shown || !text.value.trim()) {
    URL.revokeObjectURL(address);
    return;
  }
  shown = number;
  if (picture.src) URL.revokeObjectURL(picture.src);
  picture.src = address;
  picture.alt = words.alt.replace("{text}", sent);
  picture.hidden = false;
  empty.hidden = true;
  const final = wish && wish.seq === number && wish.draw === "final";
  if (wish && wish.seq === number) {
    took = Date.now() - sentAt;
    wish = null;
    say(final ? words.ready : "");
  }
  save.hidden = !final;
  if (final) save.href = address;
}

const handlers = {
  hello: () => { if (wish) send(); },
  picture: (frame) => { coming = frame.seq; },
  place: (frame) => { if (frame.seq === seq) say(frame.ahead ? words.ahead.replace("{n}", frame.ahead) : words.next); },
  slow: (frame) => {
    if (frame.seq !== seq) return;
    say(words.slow);
    clearTimeout(timer);
    timer = setTimeout(send, frame.seconds * 1000);
  },
  failed: (frame) => {
    if (frame.seq !== seq) return;
    wish = null;
    say(frame.words, true);
  },
};

function open() {
  if (socket) return;
  socket = new WebSocket("/chat/imagine");
  socket.binaryType = "arraybuffer";
  socket.addEventListener("message", (event) => {
    if (typeof event.data !== "string") {
      if (coming > shown) show(coming, event.data).catch(() => {});
      return;
    }
    const frame = JSON.parse(event.data);
    handlers[frame.kind]?.(frame);
  });
  socket.addEventListener("close", () => {
    socket = null;
    if (!wish) return; // the next word opens another
    say(words.lost);
    setTimeout(open, AGAIN);
  });
}

// --- what goes ---

function send() {
  if (!wish) return;
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(wish));
  else open();
}

function draw(how) {
  clearTimeout(timer);
  const now = text.value.trim();
  if (!now || (how === "live" && now === sent)) return;
  sent = now;
  sentAt = Date.now();
  seq += 1;
  wish = { draw: how, seq, seed, text: now };
  if (how === "final") say(words.drawing);
  send();
}

function typed() {
  clearTimeout(timer);
  const now = text.value.trim();
  if (!now) {
    forget();
    return;
  }
  save.hidden = true;
  const enough = Math.abs(now.length - sent.length) >= STEP || /[\s.,;!?]$/.test(text.value);
  const soonest = sentAt + Math.max(GAP, took) - Date.now();
  timer = setTimeout(draw, Math.max(soonest, enough ? 0 : PAUSE), "live");
}

function forget() {
  if (wish && socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ draw: "stop", seq }));
  wish = null;
  sent = "";
  shown = seq;
  seed = newSeed();
  picture.hidden = true;
  picture.alt = "";
  empty.hidden = false;
  save.hidden = true;
  say("");
}

text.addEventListener("focus", open);
text.addEventListener("input", typed);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  draw("final");
});
other.addEventListener("click", () => {
  seed = newSeed();
  sent = "";
  draw("live");
});

if (dialog) {
  const begin = () => {
    dialog.showModal();
    text.focus();
  };
  document.querySelector("[data-imagine]").addEventListener("click", begin);
  // "/imagine a red house" in the chat's own line leads here too.
  const line = document.getElementById("text");
  line.addEventListener("input", () => {
    if (!/^\/imagine\s/i.test(line.value)) return;
    text.value = line.value.slice(9);
    line.value = "";
    begin();
    typed();
  });
  dialog.addEventListener("close", () => {
    if (wish && socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ draw: "stop", seq }));
    wish = null;
    socket?.close();
  });
} else {
  text.focus();
}
