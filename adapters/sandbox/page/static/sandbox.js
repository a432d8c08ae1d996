// The phones: forms that act without leaving the page, and parts of it that the server sends as they change.

import { connect, clock, manner } from "./live.js";

const KEPT = 200; // rows of the wire log
const at = document.body.dataset.at;
const $ = (id) => document.getElementById(id);

// --- times as the reader writes them ---

function localTimes(root) {
  for (const element of root.querySelectorAll("time[datetime]:not([title])")) {
    const moment = new Date(element.dateTime);
    element.title = moment.toLocaleString(manner);
    if ("day" in element.dataset) element.textContent = moment.toLocaleDateString(manner, { weekday: "long", day: "numeric", month: "long" });
    else element.textContent = "seconds" in element.dataset ? moment.toLocaleTimeString(manner) : clock(moment);
  }
}

// --- parts that change ---

function made(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  localTimes(holder.content);
  return holder.content.firstElementChild;
}

const atEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight < 120;

// What somebody is typing or has opened stays: of a part with pieces only the pieces are exchanged.
function put(frame) {
  const fresh = made(frame.html);
  const old = $(frame.id);
  const log = (old || (frame.last && $(frame.last)))?.closest(".log");
  const follow = log && atEnd(log);
  if (frame.id === "phones") {
    phones(old, fresh);
  } else if (!old) {
    if (frame.first) listed(fresh, $(frame.first));
    else if (frame.last) $(frame.last)?.append(fresh);
  } else if (old.querySelector(":scope [data-part]")) {
    old.className = fresh.className;
    for (const piece of old.querySelectorAll("[data-part]")) {
      const other = fresh.querySelector(`[data-part="${piece.dataset.part}"]`);
      if (other && other.outerHTML !== piece.outerHTML) piece.replaceWith(other);
    }
    if (fresh.classList.contains("deleted")) old.querySelector(".act")?.remove();
  } else if (old.outerHTML !== fresh.outerHTML) {
    old.replaceWith(fresh);
  }
  if (follow) log.scrollTop = log.scrollHeight;
}

function listed(row, rows) {
  filter(row);
  rows.prepend(row);
  while (rows.children.length > KEPT) rows.lastElementChild.remove();
}

// Phones that stay keep their place and what is written in them.
function phones(old, fresh) {
  for (const phone of fresh.querySelectorAll(".phone")) {
    const known = $(phone.id);
    if (known) phone.replaceWith(known);
  }
  old.replaceWith(fresh);
  toEnds();
}

function toEnds() {
  for (const log of document.querySelectorAll(".log")) log.scrollTop = log.scrollHeight;
}

// What changes meanwhile is put there afterwards: the answer may be older.
let held = null;
let wanted = false;

async function again() {
  wanted = true;
  if (held) return;
  held = [];
  while (wanted) {
    wanted = false;
    await renew().catch(() => {});
  }
  const late = held;
  held = null;
  late.forEach(put);
}

function heard(frame) {
  if (frame.kind === "behind") again();
  else if (held) held.push(frame);
  else put(frame);
}

async function renew() {
  const answer = await fetch(at, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  localTimes(page);
  for (const id of ["faults", "plays", "wire-rows"]) $(id).replaceWith(document.adoptNode(page.getElementById(id)));
  for (const phone of page.querySelectorAll(".phone")) {
    for (const part of phone.querySelectorAll(".log, .chatbar, .notice")) {
      const shown = $(phone.id)?.querySelector(`.${part.classList[0]}`);
      if (shown) shown.replaceWith(document.adoptNode(part));
    }
  }
  phones($("phones"), document.adoptNode(page.getElementById("phones")));
  filterAll();
}

// --- forms that act ---

// What went wrong is said in the form if it has a place for that, else at the top of the page.
function say(text, form) {
  const place = form.querySelector("[data-trouble]") || $("said");
  place.textContent = text;
  place.hidden = !text;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!("acts" in form.dataset)) return;
  event.preventDefault();
  const button = event.submitter;
  const own = button?.hasAttribute("formaction");
  const fields = new URLSearchParams(new FormData(form));
  if (button?.name) fields.set(button.name, button.value);
  const words = "clears" in form.dataset && !own;
  if (words) clear(form);
  else form.closest("details.menu")?.removeAttribute("open");
  button?.closest("details.menu")?.removeAttribute("open");
  try {
    const answer = await fetch(own ? button.formAction : form.action, { method: "POST", body: fields });
    const refused = answer.status === 200 ? await answer.text() : answer.ok ? "" : document.body.dataset.failed;
    say(refused, form);
    if (refused) {
      if (words) form.elements.text.value ||= fields.get("text");
      return;
    }
    if (form.dataset.shuts) {
      form.reset();
      drawer(form.dataset.shuts, false);
    }
    if (form.dataset.empties) $(form.dataset.empties).replaceChildren();
    if (own && $("which")) load($("which"));
  } catch {
    say(document.body.dataset.failed, form);
  }
});

function clear(form) {
  form.elements.text.value = "";
  unquote(form);
  grown(form.elements.text);
}

function unquote(form) {
  form.elements.reply_to.value = "";
  form.querySelector(".quoting").hidden = true;
}

function grown(text) {
  const count = text.parentElement.querySelector(".count");
  if (count) count.textContent = text.maxLength - text.value.length;
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 120)}px`;
}

document.addEventListener("input", (event) => {
  if (event.target.matches(".composer textarea")) grown(event.target);
  if (event.target.matches("[data-filters]")) filterAll();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches(".composer textarea")) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
  if (event.key === "Escape") {
    const open = document.querySelector("details.menu[open]");
    open?.removeAttribute("open");
    open?.querySelector("summary").focus();
  }
});

// --- presses ---

document.addEventListener("click", async (event) => {
  const target = event.target;
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
  const quotes = target.closest("[data-quotes]");
  if (quotes) {
    const form = quotes.closest(".phone").querySelector(".composer");
    form.elements.reply_to.value = quotes.dataset.quotes;
    form.querySelector(".quoting span").textContent = quotes.dataset.words;
    form.querySelector(".quoting").hidden = false;
    quotes.closest("details.menu").open = false;
    form.elements.text.focus();
  }
  if (target.closest("[data-unquotes]")) unquote(target.closest("form"));
  const opens = target.closest("[data-drawer]");
  if (opens) drawer(opens.dataset.drawer, $(`drawer-${opens.dataset.drawer}`).hidden, true);
  const copies = target.closest("[data-copies]");
  if (copies) {
    await navigator.clipboard.writeText($(copies.dataset.copies).textContent);
    const words = copies.textContent;
    copies.textContent = copies.dataset.done;
    setTimeout(() => (copies.textContent = words), 1500);
  }
  const bubble = target.closest(".line > .bubble");
  if (bubble && !target.closest("a, button") && !String(getSelection())) {
    const menu = bubble.parentElement.querySelector(".act");
    if (menu) setTimeout(() => (menu.open = true));
  }
});

function drawer(name, open, focus) {
  const shown = $(`drawer-${name}`);
  shown.hidden = !open;
  const opener = document.querySelector(`nav [data-drawer="${name}"]`);
  opener.setAttribute("aria-expanded", open);
  if (name === "tour") fetch(`${at}/tour`, { method: "POST", body: new URLSearchParams({ shown: open ? "1" : "0" }) });
  if (open && shown.classList.contains("side")) for (const other of document.querySelectorAll(".side:not([hidden])")) if (other !== shown) drawer(other.id.slice(7), false);
  if (!focus) return;
  if (open) shown.scrollIntoView({ block: shown.matches(".wire") ? "start" : "nearest" });
  (open ? shown.querySelector("button, input, select") : opener).focus();
}

for (const shown of document.querySelectorAll(".drawer:not([hidden])")) document.querySelector(`nav [data-drawer="${shown.id.slice(7)}"]`)?.setAttribute("aria-expanded", "true");

// --- the wire's filter, the knobs of another platform ---

function filter(row) {
  row.hidden = [...document.querySelectorAll("[data-filters]")].some((one) => {
    const has = row.dataset[one.dataset.filters] || "";
    return one.value && (one.tagName === "INPUT" ? !has.toLowerCase().includes(one.value.toLowerCase()) : has !== one.value);
  });
}

function filterAll() {
  for (const row of $("wire-rows").children) filter(row);
}

async function load(choice) {
  const answer = await fetch(choice.dataset.loads + encodeURIComponent(choice.value));
  if (answer.ok) $(choice.dataset.into).replaceWith(made(await answer.text()));
}

// What is folded is fetched when it is opened, and anew each time: it may have changed.
document.addEventListener(
  "toggle",
  async (event) => {
    const folded = event.target;
    if (!folded.open || !folded.dataset?.fetches) return;
    const answer = await fetch(folded.dataset.fetches);
    if (!answer.ok) return;
    for (const old of folded.querySelectorAll(":scope > :not(summary)")) old.remove();
    folded.append(made(await answer.text()));
  },
  true,
);

document.addEventListener("change", async (event) => {
  if (event.target.matches("[data-loads]")) load(event.target);
  const file = event.target.matches("[data-reads]") && event.target.files[0];
  if (file) $(event.target.dataset.reads).value = await file.text();
});

// --- start ---

localTimes(document);
toEnds();
addEventListener("load", toEnds);
let opened = false;
connect(`${at}/live`, {
  since: document.body.dataset.since,
  status: $("live"),
  onOpen: () => {
    if (opened) again();
    opened = true;
  },
  onFrame: heard,
  onEnded: () => location.reload(),
});
