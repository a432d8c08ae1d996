// The web chat: sends, shows what arrives while it is written, and catches up after every interruption.
// chat_acts.js has its buttons, chat_side.js the list of chats; both travel in this file.

import { connect, oneAtATime as once } from "./live.js";

const $ = (id) => document.getElementById(id);
const words = JSON.parse($("words").textContent);
const [composer, text, stopButton, jump, dots] = ["composer", "text", "stop", "jump", "dots"].map($);
const NEAR = 160;
const TAIL = 8; // messages that are looked at again when something changed

const acts = { jump: () => toEnd() }; // what a button with this data-act does
const growing = new Map(); // turn -> an answer while it is written
const ended = new Set(); // turns that are over
let leaving = []; // answers that are over and not yet read from the store

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

async function ask(path, options) {
  const answer = await fetch(path, { headers: { "HX-Request": "true" }, ...options });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}

// What is said goes out even when the page is left at that moment.
const post = (path, said = {}) => ask(path, { method: "POST", body: JSON.stringify(said), keepalive: true });
const tell = (said) => post("/chat/messages", { id: newId(), conversation: here(), ...said });

// A piece of a page that the server made, by its id.
async function part(path, id) {
  const answer = await ask(path);
  return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
}

const tried = (work) => Promise.resolve().then(work).catch(() => toast(words.trouble));

function onSubmit(form, work) {
  form.onsubmit = (event) => {
    event.preventDefault();
    tried(work);
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
  return item;
}

const written = () => [...growing.values()].filter((one) => one.chat === here());

function busy(on) {
  const grows = written().length > 0;
  dots.hidden = !on || grows;
  stopButton.hidden = !on && !grows;
}

const say = (said) => {
  $("said").textContent = said;
};

// --- an answer while it is written ---

// HTML comes only from the server; typed words go in as text.
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
    one = { chat: frame.chat, done: [] };
    for (const [turn, other] of growing) {
      if (other.chat !== one.chat) continue;
      one = other; // its turn began anew
      growing.delete(turn);
    }
    growing.set(frame.turn, one);
    for (const item of leaving.splice(0)) item.remove();
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

function onDone(frame) {
  const one = growing.get(frame.turn);
  ended.add(frame.turn);
  growing.delete(frame.turn);
  if (one?.item) {
    one.item.className = "theirs";
    leaving.push(one.item);
    if (frame.finish === "overtaken") note(one.item, words.stopped);
  }
  onChanged(frame);
}

function onChanged(frame) {
  if (frame.chat === here()) frame.gone ? open("/chat") : sync();
  else if (frame.kind === "message") say(words.replied);
  listAgain();
}

const handlers = { delta: onDelta, done: onDone, message: onChanged, changed: onChanged, typing: (frame) => frame.chat === here() && busy(true) };

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

function merge(fresh, wanted) {
  const old = [...log().children].filter((item) => item.dataset.id);
  const items = [...fresh.children].map((item) => {
    const before = old.find((one) => one.id === item.id);
    if (before && (before.outerHTML === item.outerHTML || before.querySelector("form"))) return before;
    if (!before && item.matches(".theirs")) say(bodyOf(item).textContent.trim().slice(0, 1000));
    return item;
  });
  const start = old.findIndex((one) => one.id === items[0]?.id);
  const kept = items.length < wanted ? [] : old.slice(0, Math.max(start, 0));
  if (!kept.length) log().dataset.older = fresh.dataset.older || "";
  if (items.at(-1)?.matches(".theirs")) leaving = [];
  arrange([...kept, ...items, ...own().map((one) => one.item), ...leaving]);
  for (const one of written()) show(one, 0);
  $("welcome").hidden = log().children.length > 0;
  if (fresh.dataset.title) named(fresh.dataset.title);
  olderShown();
  busy("waiting" in fresh.dataset);
}

// The log holds exactly these. What stands where it should is not touched: focus and selection stay.
function arrange(items) {
  const now = [...log().children];
  let kept = 0;
  while (items[kept] && items[kept] === now[kept]) kept += 1;
  for (const item of now.slice(kept)) item.remove();
  log().append(...items.slice(kept));
}

function named(title) {
  $("talk").dataset.title = title;
  document.querySelector("#talk h1").textContent = title || words.new;
  document.title = `${title || words.new} · Assistant`;
}

// --- older messages ---

const older = (acts.older = once(async () => {
  const [name, before, first] = [here(), log().dataset.older, log().firstElementChild];
  if (!before) return;
  const fresh = await part(`/chat/${name}/messages?before=${before}`, "log");
  if (name !== here() || log().dataset.older !== before) return;
  const top = first.getBoundingClientRect().top;
  log().prepend(...fresh.children);
  log().dataset.older = fresh.dataset.older || "";
  window.scrollBy(0, first.getBoundingClientRect().top - top);
  olderShown();
}));

const nearTop = new IntersectionObserver(([one]) => one.isIntersecting && older(), { rootMargin: "600px 0px 0px" });

function olderShown() {
  const button = $("older");
  button.hidden = !log().dataset.older;
  nearTop.disconnect();
  if (!button.hidden) nearTop.observe(button);
}

// --- sending ---

// Words that are not known to be stored outlive a reload of the page.
const unsent = JSON.parse(sessionStorage.getItem("unsent") || "[]");
const own = () => unsent.filter((one) => one.conversation === here());
const sending = new Set();
const plain = ({ item, failed, ...said }) => said;
const keepUnsent = () => sessionStorage.setItem("unsent", JSON.stringify(unsent.map(plain)));

const note = (item, said) => {
  item.querySelector(".said span").textContent = said;
};

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
  try {
    await tell(plain(one)); // the same id again: sent twice is stored once
    drop(one);
    note(one.item, "");
    if (one.conversation === here()) busy(true);
  } catch (error) {
    one.failed = error.message;
    one.item.className = "mine failed";
    const why = { 403: words.gone, 429: words.busy }[error.message] || words.failed;
    note(one.item, why);
    say(why);
  }
  sending.delete(one);
  lookAgain();
}

function drop(one) {
  unsent.splice(unsent.indexOf(one), 1);
  keepUnsent();
}

const unsentOf = (button) => unsent.find((one) => one.item?.contains(button));
acts.again = (button) => deliver(unsentOf(button));
acts.drop = (button) => {
  drop(unsentOf(button));
  button.closest("li").remove();
};

function send(message) {
  const talk = $("talk").dataset;
  if (!talk.chat) {
    talk.chat = drafting = newId();
    history.replaceState(null, "", `/chat/${talk.chat}`);
  }
  const persona = log().children.length ? 0 : Number($("persona")?.value);
  const one = { id: newId(), conversation: talk.chat, text: message, temporary: temporary(), persona };
  unsent.push(one);
  keepUnsent();
  shownUnsent(one);
  document.querySelector(".menu.own").hidden = false;
  toEnd();
  deliver(one);
}

const sendAgain = () => own().filter((one) => !["403", "429"].includes(one.failed)).forEach(deliver);

onSubmit(composer, async () => {
  while (opening) if (!(await opening)) return; // its field keeps these words
  const message = text.value.trim();
  if (!message) return;
  text.value = "";
  drafted();
  send(message);
  text.focus();
});

acts.stop = async () => {
  await tell({ stop: true });
  busy(false);
};

window.onscroll = () => {
  jump.hidden = atEnd();
};

// --- the field ---

function grow() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 200)}px`;
}

// The field is that of the chat that was asked for, which may still be on its way.
let drafting;
function compose(name) {
  drafting = name;
  text.value = sessionStorage.getItem(`draft.${name}`) || "";
  grow();
}

function drafted() {
  grow();
  sessionStorage.setItem(`draft.${drafting}`, text.value);
}

text.addEventListener("input", drafted);

// --- from chat to chat ---

function leave() {
  if (temporary() && here()) post(`/chat/${here()}/delete`).catch(() => {});
}

let opening; // what was asked for last, until it is here

async function open(path, push = true) {
  compose(/^\/chat\/(\w+)/.exec(path)?.[1]);
  text.focus();
  const asked = (opening = part(path, "talk").catch(() => null));
  const talk = await asked;
  if (opening !== asked) return;
  opening = null;
  if (!talk) {
    if (!push) return location.reload(); // the address is the other chat's already
    compose(here());
    toast(words.trouble);
    return;
  }
  leave();
  $("talk").replaceWith(talk);
  if (push) history.pushState(null, "", path);
  leaving = [];
  entered();
}

// What is to be done with a chat that has just come onto the page.
function entered() {
  named($("talk").dataset.title);
  own().forEach(shownUnsent);
  for (const one of written()) show(one, 0);
  for (const link of document.querySelectorAll("#history li a")) {
    link.ariaCurrent = link.pathname === location.pathname ? "page" : null;
  }
  busy("waiting" in log().dataset);
  olderShown();
  toEnd();
  jump.hidden = true;
}

window.onpopstate = () => open(location.pathname + location.search, false);
window.addEventListener("pagehide", leave);
window.onpageshow = (event) => event.persisted && location.reload();
window.ononline = window.onoffline = () => {
  $("offline").hidden = navigator.onLine;
  if (navigator.onLine) sendAgain();
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act], [data-post], .copies");
  if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (button.tagName === "A") event.preventDefault();
  tried(() => acts[button.dataset.act || (button.dataset.post ? "post" : "copies")](button));
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
compose(here());
entered();
queueMicrotask(() =>
  connect("/chat/events", {
    status: $("live"),
    onOpen: () => {
      sendAgain();
      most = 50;
      lookAgain();
    },
    onFrame: (frame) => keepingPlace(() => handlers[frame.kind]?.(frame)),
    onEnded: () => location.reload(),
  }),
);
