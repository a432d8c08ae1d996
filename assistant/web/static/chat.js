// The web chat: sends, shows what arrives while it is written, and catches up after every interruption.
// What its buttons do is in chat_acts.js, the list of chats in chat_side.js; both travel in this file.

import { connect } from "./live.js";

const $ = (id) => document.getElementById(id);
const words = JSON.parse($("words").textContent);
const [composer, text, stopButton, jump, dots] = ["composer", "text", "stop", "jump", "dots"].map($);
const NEAR = 160;
const TYPING_FOR = 15000;
const TAIL = 8; // messages that are looked at again when something changed; the rest is older than any change

const acts = {}; // what a button with this data-act does
const growing = new Map(); // turn -> an answer while it is written
const ended = new Set(); // turns that are over
const made = new WeakMap(); // a message on the page -> what the server sent
let leaving = []; // answers that are over and not yet read from the store
let typingUntil = null;

// --- this chat ---

const log = () => $("log");
const here = () => $("talk").dataset.chat;
const temporary = () => "temporary" in $("talk").dataset;
const bodyOf = (item) => item.querySelector(".bubble");

const newId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

// --- the server ---

async function ask(path, options = {}) {
  const answer = await fetch(path, { headers: { Accept: "text/html", "HX-Request": "true" }, ...options });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}

const post = (path, said = {}, more = {}) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(said), ...more });

// A piece of a page that the server made, by its id.
async function part(path, id) {
  const answer = await ask(path);
  return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
}

// What a message of this chat says beside its own words.
const addressed = (name, said) => (name === "first" ? said : { conversation: name, ...said });

// One run at a time; a call during a run leads to one more after it.
function once(work) {
  let running = false;
  let again = false;
  return async function run() {
    again = running;
    if (running) return;
    running = true;
    try {
      await work();
    } catch {
      // The connection is away: its return comes here again.
    }
    running = false;
    if (again) run();
  };
}

// --- the view ---

const atEnd = () => window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - NEAR;
const toEnd = () => window.scrollTo({ top: document.documentElement.scrollHeight });

function keepingPlace(change) {
  const follow = atEnd();
  change();
  if (follow) toEnd();
  jump.hidden = atEnd();
}

function bubble(side) {
  const item = $("message").content.firstElementChild.cloneNode(true);
  item.className = side;
  item.firstElementChild.textContent = side.startsWith("mine") ? words.you : words.them;
  return item;
}

const written = () => [...growing.values()].filter((one) => one.chat === here());

function busy(on) {
  clearTimeout(typingUntil);
  if (on) typingUntil = setTimeout(() => busy(false), TYPING_FOR);
  const grows = written().length > 0;
  dots.hidden = !on || grows;
  stopButton.hidden = !on && !grows;
}

const say = (said) => {
  $("said").textContent = said;
};

// --- an answer while it is written ---

// HTML comes only from the server, which made it from Markdown without raw HTML; typed words go in as text.
function block(html, name) {
  const made = document.createElement("div");
  made.className = name;
  made.innerHTML = html;
  return made;
}

function onDelta(frame) {
  if (ended.has(frame.turn)) return;
  let one = growing.get(frame.turn);
  if (!one) {
    for (const [turn, other] of growing) if (other.chat === frame.chat) forget(turn); // its turn began anew
    growing.set(frame.turn, (one = { chat: frame.chat, done: [] }));
  }
  one.done.splice(frame.at, Infinity, ...frame.done);
  one.open = frame.open;
  show(one, frame.at);
  if (one.chat === here()) busy(true);
}

function show(one, from) {
  if (one.chat !== here()) return;
  if (!one.item?.isConnected) {
    one.item = bubble("theirs growing");
    log().append(one.item);
    from = 0;
  }
  const body = bodyOf(one.item);
  while (body.children.length > from) body.lastChild.remove();
  body.append(...one.done.slice(from).map((html) => block(html, "block")), block(one.open, "block open"));
  $("welcome").hidden = true;
}

function forget(turn) {
  growing.get(turn)?.item?.remove();
  growing.delete(turn);
}

function onDone(frame) {
  const one = growing.get(frame.turn);
  ended.add(frame.turn);
  growing.delete(frame.turn);
  one?.item?.classList.remove("growing");
  if (one?.item) leaving.push(one.item);
  onChanged(frame);
}

function onChanged(frame) {
  if (frame.chat === here() && frame.gone) open("/chat");
  else if (frame.chat === here()) sync();
  else if (frame.kind === "message") say(words.replied);
  listAgain();
}

const onTyping = (frame) => frame.chat === here() && busy(true);
const handlers = { delta: onDelta, done: onDone, message: onChanged, changed: onChanged, typing: onTyping };

// --- what the store holds ---

let most = TAIL;
const sync = once(async () => {
  const name = here();
  if (!name || sending.size) return; // whoever sends looks again afterwards
  const wanted = most;
  const fresh = await part(`/chat/${name}/messages?most=${wanted}`, "log");
  if (name !== here() || sending.size) return;
  most = TAIL;
  keepingPlace(() => merge(fresh, wanted));
});

function syncAll() {
  most = 50;
  return sync();
}

function merge(fresh, wanted) {
  const old = [...log().children].filter((item) => item.dataset.id);
  const items = [...fresh.children].map((item) => {
    const before = old.find((one) => one.id === item.id);
    if (before && (made.get(before) === item.outerHTML || before.querySelector("form"))) return before;
    made.set(item, item.outerHTML);
    if (!before && item.matches(".theirs")) say(bodyOf(item).textContent.trim().slice(0, 1000));
    return item;
  });
  const start = old.findIndex((one) => one.id === items[0]?.id);
  const kept = items.length < wanted ? [] : old.slice(0, Math.max(start, 0));
  if (!kept.length) log().dataset.older = fresh.dataset.older || "";
  if (items.at(-1)?.matches(".theirs")) leaving = [];
  for (const item of leaving) note(item, words.stopped);
  const own = unsent.filter((one) => one.chat === here());
  arrange([...kept, ...items, ...own.map((one) => one.item), ...leaving]);
  for (const one of written()) show(one, 0);
  $("welcome").hidden = log().children.length > 0;
  named(fresh.dataset.title);
  olderShown();
  busy("waiting" in fresh.dataset);
}

// The log holds exactly these, in this order. What stands where it should is not touched: focus and selection stay.
function arrange(items) {
  const now = [...log().children];
  const from = items.findIndex((item, at) => item !== now[at]);
  const kept = from < 0 ? items.length : from;
  for (const item of now.slice(kept)) item.remove();
  log().append(...items.slice(kept));
}

function named(title) {
  if (!title || title === $("talk").dataset.title) return;
  $("talk").dataset.title = title;
  document.querySelector("#talk h1").textContent = title;
  document.title = `${title} · Assistant`;
}

// --- older messages ---

const older = once(async () => {
  const [name, before, first] = [here(), log().dataset.older, log().firstElementChild];
  if (!before) return;
  const fresh = await part(`/chat/${name}/messages?before=${before}`, "log");
  if (name !== here() || log().dataset.older !== before) return;
  const top = first.getBoundingClientRect().top;
  for (const item of fresh.children) made.set(item, item.outerHTML);
  log().prepend(...fresh.children);
  log().dataset.older = fresh.dataset.older || "";
  window.scrollBy(0, first.getBoundingClientRect().top - top);
  olderShown();
});

const nearTop = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && older(), { rootMargin: "600px 0px 0px" });

function olderShown() {
  const button = $("older");
  button.hidden = !log().dataset.older;
  nearTop.disconnect();
  if (!button.hidden) nearTop.observe(button);
}

// --- sending ---

// Words that are not known to be stored outlive a reload of the page.
const unsent = JSON.parse(sessionStorage.getItem("unsent") || "[]");
const sending = new Set();
const keepUnsent = () => sessionStorage.setItem("unsent", JSON.stringify(unsent.map(({ item, failed, ...one }) => one)));

function note(item, said, ...buttons) {
  const line = item.querySelector(".said");
  line.textContent = said;
  for (const [label, act] of buttons) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "plain", textContent: label, onclick: act });
    line.append(" ", button);
  }
}

function shownUnsent(one) {
  one.item = bubble("mine sending");
  bodyOf(one.item).textContent = one.text;
  log().append(one.item);
  $("welcome").hidden = true;
}

async function deliver(one) {
  if (sending.has(one)) return;
  sending.add(one);
  one.failed = "";
  one.item.className = "mine sending";
  note(one.item, words.sending);
  const { id, chat, text: said, temporary: leave, persona } = one;
  try {
    await post("/chat/messages", addressed(chat, { id, text: said, ...(leave && { temporary: true }), ...(persona && { persona }) }));
    drop(one); // the same id again: sent twice is stored once
    note(one.item, "");
    if (chat === here()) busy(true);
  } catch (error) {
    one.failed = error.message;
    one.item.className = "mine failed";
    const why = { 403: words.gone, 429: words.busy }[error.message] || words.failed;
    note(one.item, why, [words.again, () => deliver(one)], [words.drop, () => { drop(one); one.item.remove(); }]);
    say(why);
  }
  sending.delete(one);
  sync();
  listAgain();
}

function drop(one) {
  unsent.splice(unsent.indexOf(one), 1);
  keepUnsent();
}

function begun() {
  if (here()) return here();
  const name = newId();
  $("talk").dataset.chat = name;
  history.replaceState(null, "", `/chat/${name}`);
  return name;
}

function send(message) {
  const persona = Number($("persona")?.value) || undefined;
  const one = { id: newId(), chat: begun(), text: message, temporary: temporary(), persona };
  unsent.push(one);
  keepUnsent();
  shownUnsent(one);
  document.querySelector(".menu.own").hidden = false;
  toEnd();
  deliver(one);
}

const sendAgain = () => unsent.filter((one) => one.failed !== "403" && one.failed !== "429" && one.item).forEach(deliver);

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const message = text.value.trim();
  if (!message) return;
  text.value = "";
  drafted();
  send(message);
  text.focus();
});

async function stop() {
  stopButton.disabled = true;
  try {
    await post("/chat/messages", addressed(here(), { id: newId(), stop: true }));
    busy(false);
  } catch {
    // Still running: the button stays.
  }
  stopButton.disabled = false;
}

stopButton.addEventListener("click", stop);
jump.addEventListener("click", toEnd);
window.addEventListener("scroll", () => { jump.hidden = atEnd(); }, { passive: true });

// --- the field ---

function grow() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 200)}px`;
}

function drafted() {
  grow();
  sessionStorage.setItem(`draft.${here()}`, text.value);
}

text.addEventListener("input", drafted);
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !matchMedia("(pointer: coarse)").matches) {
    event.preventDefault();
    composer.requestSubmit();
  } else if (event.key === "ArrowUp" && !text.value) {
    const own = [...log().querySelectorAll(".mine [data-act=edit]")].pop();
    if (own) event.preventDefault();
    own?.click();
  }
});

// --- from chat to chat ---

function leave() {
  if (temporary() && here()) post(`/chat/${here()}/delete`, {}, { keepalive: true }).catch(() => {});
}

async function open(path, push = true) {
  leave();
  try {
    const fresh = await part(path, "talk");
    $("talk").replaceWith(document.adoptNode(fresh));
    if (push) history.pushState(null, "", path);
  } catch {
    location.assign(path);
    return;
  }
  leaving = [];
  entered();
  text.focus();
}

// What is to be done with a chat that has just come onto the page.
function entered() {
  for (const item of log().children) made.set(item, item.outerHTML);
  document.title = `${$("talk").dataset.title || words.new} · Assistant`;
  text.value = sessionStorage.getItem(`draft.${here()}`) || "";
  grow();
  for (const one of unsent) if (one.chat === here()) shownUnsent(one);
  for (const one of written()) show(one, 0);
  for (const link of document.querySelectorAll("#side a[href^='/chat']")) {
    if (link.pathname === location.pathname && !link.search && here()) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  busy("waiting" in log().dataset);
  olderShown();
  toEnd();
  jump.hidden = true;
}

// The answer of this page's writer: it leaves, comes back, or has no network.
window.addEventListener("popstate", () => open(location.pathname + location.search, false));
window.addEventListener("pagehide", leave);
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
for (const name of ["online", "offline"]) {
  window.addEventListener(name, () => {
    $("offline").hidden = navigator.onLine;
    if (navigator.onLine) sendAgain();
  });
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-act], [data-post], .copies");
  if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (button.tagName === "A") event.preventDefault();
  try {
    await acts[button.dataset.act || (button.dataset.post ? "post" : "copies")](button);
  } catch {
    toast(words.trouble);
  }
});

const nameOf = (button) => button.closest("[data-chat]")?.dataset.chat || here();

let listAgain = () => {};
let toast = say;

function lookAgain() {
  listAgain();
  return sync();
}

// --- start ---

document.cookie = `zone=${encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone || "")};path=/chat;max-age=31536000;samesite=lax`;
history.scrollRestoration = "manual";
entered();
queueMicrotask(() =>
  connect("/chat/events", {
    status: $("live"),
    onOpen: () => {
      sendAgain();
      syncAll();
      listAgain();
    },
    onFrame: (frame) => keepingPlace(() => handlers[frame.kind]?.(frame)),
    onEnded: () => location.reload(),
  }),
);
