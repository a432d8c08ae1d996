// Staff pages: the live socket and who listens to it, alerts, and how much is new while nobody looks.
// Every page works without this file by reloading.

import { connect, oneAtATime } from "./live.js";

export { oneAtATime };

const PAUSE = 1000;

// --- what is fetched again ---

// A page, or with `part` the fragment of it that htmx would get; null when there is none (any more).
export async function fetchPage(address, part = false, more = {}) {
  const headers = { Accept: "text/html", ...(part ? { "HX-Request": "true" } : {}), ...more };
  const answer = await fetch(address, { headers, credentials: "same-origin" });
  if (answer.redirected && new URL(answer.url).pathname === "/login") {
    location.assign(answer.url);
    return null;
  }
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page;
}

// Put a piece of a fetched page where htmx will see it.
export function adopt(node) {
  const adopted = document.adoptNode(node);
  if (window.htmx) queueMicrotask(() => adopted.isConnected && window.htmx.process(adopted));
  return adopted;
}

// --- who listens ---

const listeners = [];
let opened = false;

// `refresh(frame)` is called for each frame that `wants(frame)`, and without one after a connection that may have missed
// some: not after the first, when the page holds all that was before it.
export function listen(listener) {
  listeners.push(listener);
  if (opened) listener.refresh();
}

// What is the matter right now, on every page that shows it; it was right when the page was made.
const alerts = oneAtATime(async () => {
  const shown = document.getElementById("alerts");
  const page = shown && (await fetchPage("/admin/alerts", true));
  const fresh = page && page.getElementById("alerts");
  if (fresh && shown.innerHTML !== fresh.innerHTML) shown.replaceWith(document.adoptNode(fresh));
}, PAUSE);
listen({
  wants: (frame) => frame.kind === "channel",
  refresh: alerts,
});

// --- how much is new while nobody looks ---

const unseen = new Set();

function showUnseen() {
  const plain = document.title.replace(/^\(\d+\) /, "");
  document.title = unseen.size ? `(${unseen.size}) ${plain}` : plain;
}

function countUnseen(frame) {
  if (frame.kind !== "message" || !document.hidden) return;
  unseen.add(`${frame.conversation}.${frame.seq}`);
  showUnseen();
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden || !unseen.size) return;
  unseen.clear();
  showUnseen();
});

// --- buttons that copy the text of the element they name ---

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copies]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
  const words = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => {
    button.textContent = words;
  }, 1500);
});

// --- start ---

// Not before all modules of the page listen: what comes first must not be lost on one of them.
document.addEventListener("DOMContentLoaded", () =>
  connect("/admin/live", {
    since: document.getElementById("live")?.dataset.since,
    status: document.getElementById("live"),
    onOpen(hello) {
      opened = true;
      if (!hello.caught_up) for (const listener of listeners) listener.refresh();
    },
    onFrame(frame) {
      countUnseen(frame);
      document.dispatchEvent(new CustomEvent("staff:frame", { detail: frame })); // for a page's own module
      for (const listener of listeners) if (listener.wants(frame)) listener.refresh(frame);
    },
    onEnded: () => location.reload(),
  }),
);
