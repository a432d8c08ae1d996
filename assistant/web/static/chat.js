// The web chat: sends, shows what arrives while it is written, and catches up after every interruption.

import { connect } from "./live.js";

const log = document.getElementById("log");
const dots = document.getElementById("dots");
const welcome = document.getElementById("welcome");
const composer = document.getElementById("composer");
const text = document.getElementById("text");
const stopButton = document.getElementById("stop");
const jump = document.getElementById("jump");
const words = log.dataset;
const NEAR = 160;
const TYPING_FOR = 15000;

const growing = new Map(); // turn -> its bubble while it is written
const finished = []; // bubbles whose turn is done and whose stored message is still to come
const ended = new Set(); // turns already replaced by their message
let typingUntil = null;

// --- the view ---

const atEnd = () => window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - NEAR;
const toEnd = () => window.scrollTo({ top: document.documentElement.scrollHeight });

function keepingPlace(change) {
  const follow = atEnd();
  change();
  if (follow) toEnd();
  jump.hidden = atEnd();
}

function newBubble(side, name) {
  const item = document.createElement("li");
  item.className = side;
  const who = document.createElement("span");
  who.className = "words";
  who.textContent = side === "mine" ? words.you : words.them;
  const body = document.createElement("div");
  body.className = "bubble";
  body.dir = "auto";
  item.append(who, body);
  if (name) item.dataset.id = name;
  welcome.hidden = true;
  return item;
}

const bodyOf = (item) => item.querySelector(".bubble");
// HTML comes only from the server, which made it from Markdown without raw HTML; typed words go in as text.
const setHtml = (item, html) => { bodyOf(item).innerHTML = html; };
const find = (id) => [...log.children].find((item) => item.dataset.id === id);

function busy(on) {
  clearTimeout(typingUntil);
  if (on) typingUntil = setTimeout(() => busy(false), TYPING_FOR);
  dots.hidden = !on || growing.size > 0;
  stopButton.hidden = !on && growing.size === 0;
}

// --- frames ---

function onDelta(frame) {
  if (ended.has(frame.turn)) return;
  let item = growing.get(frame.turn);
  if (!item) {
    item = newBubble("theirs growing");
    growing.set(frame.turn, item);
    log.append(item);
  }
  setHtml(item, frame.html);
  busy(true);
}

function onDone(frame) {
  const item = growing.get(frame.turn);
  ended.add(frame.turn);
  growing.delete(frame.turn);
  if (item) {
    item.classList.remove("growing");
    // An answer comes again as it was stored; what was interrupted stays as far as it came.
    if (["answered", "stop", "length"].includes(frame.finish)) finished.push(item);
    else if (frame.finish !== "command") item.dataset.note = words.stopped; // an order is answered in words
  }
  busy(false);
}

function onMessage(frame) {
  if (find(frame.id)) {
    finished.shift()?.remove(); // the history had it already
    return;
  }
  let item = finished.shift();
  if (!item) {
    const first = growing.entries().next();
    if (!first.done) {
      item = first.value[1];
      growing.delete(first.value[0]);
      ended.add(first.value[0]);
    }
  }
  if (!item) {
    item = newBubble("theirs");
    log.append(item);
  }
  item.className = "theirs";
  delete item.dataset.note;
  item.dataset.id = frame.id;
  setHtml(item, frame.html);
  busy(false);
}

const handlers = { delta: onDelta, done: onDone, message: onMessage, typing: () => busy(true) };

// --- history: after each connection, so that nothing is missing ---

async function catchUp() {
  const before = new Set([...log.children]);
  const answer = await fetch("/chat/history", { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { messages } = await answer.json();
  keepingPlace(() => {
    // Words of this page that the answer cannot know yet stay where they are: at the end.
    const own = [...log.querySelectorAll(".mine")].filter((item) => item.matches(".sending, .failed") || !before.has(item));
    const shown = messages.map((message) => {
      const mine = message.direction === "in";
      const item = newBubble(mine ? "mine" : "theirs", message.id);
      if (mine) bodyOf(item).textContent = message.text;
      else setHtml(item, message.html);
      return item;
    });
    const kept = own.filter((item) => !messages.some((message) => message.id.endsWith(item.dataset.id)));
    log.replaceChildren(...shown, ...kept, ...growing.values());
    finished.length = 0;
    welcome.hidden = log.children.length > 0;
    const last = messages[messages.length - 1];
    busy(growing.size > 0 || Boolean(last && last.direction === "in" && last.waiting));
  });
}

// --- sending ---

async function post(id, message) {
  const answer = await fetch("/chat/messages", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ id, text: message }),
  });
  if (!answer.ok) throw new Error(String(answer.status));
}

async function send(item, message) {
  item.className = "mine sending";
  item.dataset.note = words.sending;
  item.onclick = null;
  try {
    await post(item.dataset.id, message); // the same id again: sent twice is stored once
    item.className = "mine";
    delete item.dataset.note;
  } catch (error) {
    item.className = "mine failed";
    item.dataset.note = { 403: words.gone, 429: words.busy }[error.message] || words.failed;
    item.onclick = () => send(item, message);
  }
}

const newId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const message = text.value.trim();
  if (!message) return;
  text.value = "";
  grow();
  const item = newBubble("mine", newId());
  bodyOf(item).textContent = message;
  log.append(item);
  toEnd();
  send(item, message);
  text.focus();
});

async function stop() {
  stopButton.disabled = true;
  try {
    await post(newId(), "/stop");
    busy(false);
  } catch {
    // Still running: the button stays.
  }
  stopButton.disabled = false;
}

stopButton.addEventListener("click", stop);
jump.addEventListener("click", toEnd);
window.addEventListener("scroll", () => { jump.hidden = atEnd(); });

function grow() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 200)}px`;
}
text.addEventListener("input", grow);
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !matchMedia("(pointer: coarse)").matches) {
    event.preventDefault();
    composer.requestSubmit();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !stopButton.hidden) stop();
});

connect("/chat/events", {
  status: document.getElementById("live"),
  onOpen: () => catchUp().catch(() => {}),
  onFrame: (frame) => keepingPlace(() => handlers[frame.kind]?.(frame)),
  onEnded: () => location.reload(),
});
