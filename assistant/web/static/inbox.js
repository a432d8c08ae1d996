// The inbox: a live list that never moves under the reader, and a live transcript in which nothing can appear twice.

import { adopt, fetchPage, listen, oneAtATime } from "./staff.js";

const NEAR = 120;
const LIST_PAUSE = 1000;
const HELD = 200;
const WIDE = window.matchMedia("(min-width: 1100px)");
const at = (id) => document.getElementById(id);

function sayFresh(button, count, onClick) {
  if (!button) return;
  button.hidden = count === 0;
  if (count === 0) return;
  button.textContent = count === 1 ? button.dataset.one : button.dataset.many.replace("{n}", count);
  button.onclick = onClick;
}

// What scrolls: a pane of its own where there is room for three, the page elsewhere.
function scroller(pane) {
  return pane && WIDE.matches ? pane : document.scrollingElement;
}

function busy(element) {
  if (!element) return false;
  if (element.contains(document.activeElement)) return true;
  return [...element.querySelectorAll("textarea, input[name=label]")].some((field) => field.value !== field.defaultValue);
}

// A part of the page that came anew takes the old one's place, unless it came just like this the last time: to draw what
// nobody sees change is most of the work of a page that hears of a message. What htmx swaps is forgotten.
let came = new WeakMap(); // the part that is shown → how it came
function place(shown, fresh) {
  if (!shown || !fresh || busy(shown) || came.get(shown) === fresh.outerHTML) return;
  came.set(fresh, fresh.outerHTML);
  shown.replaceWith(adopt(fresh));
}

// --- the list ---

let listWaits = null;

// What is shown already is not sent again: the server leaves its place.
const held = (items) => ({ Held: items.map((item) => `${item.id}:${item.dataset.state}`).join() });

function placeList(fresh) {
  const [found, list, rows] = [at("found"), at("list"), [...fresh.querySelectorAll("#list > li")]];
  listWaits = null;
  if (!rows.length || !list.matches("ul") || found.querySelector(".note") || fresh.querySelector(".note")) {
    for (const row of rows) if (row.matches("[data-held]")) row.replaceWith(at(row.id));
    found.replaceWith(adopt(fresh));
  } else {
    rows.forEach((row, place) => {
      const known = at(row.id);
      if (known) renew(known, row);
      if (list.children[place] !== known || !known) list.insertBefore(known ?? adopt(row), list.children[place] ?? null);
    });
    while (list.children.length > rows.length) list.lastElementChild.remove();
    found.querySelector(".pages").replaceWith(adopt(fresh.querySelector(".pages")));
    sayFresh(at("fresh"), 0);
  }
  markOpen();
}

// Rows keep their place and their link, so that neither pointer nor focus is lost; what they say is new.
function renew(known, item) {
  if (known.dataset.state === item.dataset.state || item.matches("[data-held]")) return;
  known.dataset.state = item.dataset.state;
  known.querySelector("a").replaceChildren(...item.querySelector("a").childNodes);
}

const refreshList = oneAtATime(async () => {
  const list = at("list");
  if (!list || !("newest" in list.dataset) || list.offsetParent === null) return;
  const query = new URLSearchParams(location.search);
  query.delete("before");
  query.delete("at");
  const page = await fetchPage(`/admin/inbox?${query}`, true, held([...list.children].filter((item) => item.dataset.state)));
  const fresh = page && page.getElementById("found");
  if (!fresh || at("list") !== list) return; // another filter was chosen in the meantime
  place(document.querySelector("#found .kinds"), fresh.querySelector(".kinds").cloneNode(true));
  const items = [...fresh.querySelectorAll("#list > li")];
  const order = (rows) => [...rows].map((item) => item.id).join();
  const pane = scroller(at("inbox"));
  if (order(items) === order(list.children)) {
    for (const item of items) renew(at(item.id), item);
    listWaits = null;
    sayFresh(at("fresh"), 0);
    return;
  }
  if (pane.scrollTop <= NEAR && !list.matches(":hover, :focus-within")) {
    placeList(fresh);
    return;
  }
  const changed = items.filter((item) => at(item.id)?.dataset.state !== item.dataset.state);
  listWaits = fresh;
  sayFresh(at("fresh"), changed.length || 1, () => {
    placeList(listWaits);
    pane.scrollTo({ top: 0 });
  });
}, LIST_PAUSE);

function markOpen() {
  const here = location.pathname;
  for (const link of document.querySelectorAll("#list a")) {
    if (new URL(link.href).pathname === here) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

listen({ refresh: refreshList, wants: (frame) => frame.kind !== "trial" && frame.kind !== "channel" });

// --- one transcript ---

const heard = new Map(); // conversation → when it changed last, as the socket said
let unseen = 0;

function order(item) {
  return [Number(item.dataset.after), Number(item.dataset.seq)];
}

function isBefore(one, other) {
  const [a, b] = [order(one), order(other)];
  return a[0] !== b[0] ? a[0] < b[0] : a[1] < b[1];
}

// By id: what is there is replaced where it changed, what is new finds its place; nothing can appear twice.
function merge(log, items) {
  let added = 0;
  for (const item of items) {
    const known = log.querySelector(`#${item.id}`);
    if (known) {
      if (known.dataset.state === item.dataset.state) continue;
      const judging = known.querySelector(".judging");
      const place = judging && item.querySelector(".judge");
      if (place) place.replaceChildren(judging);
      known.replaceWith(adopt(item));
      continue;
    }
    let next = log.lastElementChild;
    while (next && isBefore(item, next)) next = next.previousElementSibling;
    const node = adopt(item);
    if (next) next.after(node);
    else log.prepend(node);
    added += 1;
  }
  return added;
}

const box = () => scroller(at("thread"));
// On a narrow page the details follow the transcript: its own end counts.
const atEnd = () =>
  WIDE.matches
    ? box().scrollTop + box().clientHeight >= box().scrollHeight - NEAR
    : at("thread").getBoundingClientRect().bottom <= window.innerHeight + NEAR;

// What was never on the screen has only a guessed height: the end is where it is after a few looks.
function toEnd(looks = 6) {
  if (WIDE.matches) box().scrollTo({ top: box().scrollHeight });
  else at("thread").scrollIntoView({ block: "end" });
  if (looks > 1) requestAnimationFrame(() => at("thread") && toEnd(looks - 1));
}

const refreshTranscript = oneAtATime(async () => {
  const number = at("conversation")?.dataset.conversation;
  const log = at("messages");
  if (!number || !log || !("newest" in log.dataset)) return;
  // What is shown already is not sent again: the newest of it, more than a page has.
  const page = await fetchPage(`/admin/inbox/${number}`, true, held([...log.children].slice(-HELD)));
  // Another one may have been opened in the meantime: it holds other messages, which may have the same ids.
  if (!page || at("messages") !== log) return;
  if (page.getElementById("conversation")?.dataset.conversation !== number) return;
  for (const id of ["state", "context"]) place(at(id), page.getElementById(id));
  document.dispatchEvent(new CustomEvent("staff:composer", { detail: page.getElementById("composer") })); // for takeover.js
  const fresh = page.getElementById("messages");
  const items = [...fresh.children];
  const stay = !atEnd();
  const gap = log.children.length && items.some((item) => item.id.startsWith("m")) && fresh.dataset.known === "0";
  if (gap) log.replaceChildren();
  const added = merge(log, items);
  if (gap) {
    const older = page.getElementById("older");
    if (at("older")) at("older").remove();
    if (older) log.previousElementSibling.append(adopt(older));
  }
  if (!added) return;
  if (!stay) toEnd();
  else {
    unseen += added;
    sayFresh(at("newest"), unseen, () => toEnd());
  }
}, 150);

document.addEventListener(
  "scroll",
  () => {
    if (unseen && atEnd()) {
      unseen = 0;
      sayFresh(at("newest"), 0);
    }
  },
  { capture: true, passive: true },
);

listen({
  refresh: refreshTranscript,
  wants(frame) {
    heard.set(frame.conversation, Date.now());
    if (heard.size > 500) heard.delete(heard.keys().next().value);
    return frame.conversation === Number(at("conversation")?.dataset.conversation);
  },
});

// --- opening ---

// A transcript has come into its pane: by htmx, by going back, or with the page.
let shownNow = null;
function arrived() {
  const opened = document.querySelector("#conversation[data-conversation]");
  if (opened === shownNow) return;
  shownNow = opened;
  unseen = 0;
  markOpen();
  if (!opened) return;
  const target = location.hash && opened.querySelector(`#messages > #${CSS.escape(location.hash.slice(1))}`);
  if (target) {
    target.setAttribute("data-target", "");
    target.scrollIntoView({ block: "center" });
  } else if (opened.querySelector("#messages[data-newest]")) {
    toEnd();
  }
  // Frames of the time between the server's answer and now were about a conversation that was not shown yet.
  if (Date.now() - (heard.get(Number(opened.dataset.conversation)) || 0) < 15000) refreshTranscript();
}

document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  if (WIDE.matches || ctx?.target?.id !== "conversation") return;
  event.preventDefault(); // no room beside the list: a page of its own
  location.assign(ctx.sourceElement.getAttribute("hx-push-url")?.startsWith("/") ? ctx.sourceElement.getAttribute("hx-push-url") : ctx.sourceElement.href);
});

// What was there before stays when the server cannot answer; it says so instead.
function sayTrouble(on) {
  at("trouble").textContent = on ? at("trouble").dataset.words : "";
  at("trouble").hidden = !on;
}

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  const ours = ["conversation", "found", "context"].includes(ctx?.target?.id);
  const failed = ours && ctx.response.status >= 400;
  if (failed) event.preventDefault();
  if (ours) sayTrouble(failed);
});
document.addEventListener("htmx:error", () => sayTrouble(true));

document.addEventListener("htmx:after:swap", () => {
  came = new WeakMap();
  const opened = at("conversation");
  if (opened?.dataset.title && opened !== shownNow) {
    document.title = `${opened.dataset.title} · ${document.title.split(" · ").pop()}`;
  }
  setTimeout(arrived); // htmx has written the address by then
});

arrived();

document.addEventListener("click", async (event) => {
  const older = event.target.closest("#older");
  if (older) {
    event.preventDefault();
    const number = at("conversation").dataset.conversation;
    const before = new URL(older.href).searchParams.get("before");
    const page = await fetchPage(`/admin/inbox/${number}?before=${before}`, true);
    if (!page || at("conversation").dataset.conversation !== number) return;
    const height = box().scrollHeight;
    merge(at("messages"), page.querySelectorAll("#messages > li"));
    const further = page.getElementById("older");
    if (further) older.href = further.getAttribute("href");
    else older.remove();
    box().scrollBy({ top: box().scrollHeight - height });
    return;
  }
  const copy = event.target.closest("[data-copy]");
  if (copy) copyTranscript(copy);
  if (event.target.closest("[data-print]")) window.print();
});

// --- copying ---

// What is on the page, a line each, with its time and author; notes are for staff and stay here.
function asText() {
  const lines = [];
  for (const item of document.querySelectorAll("#messages > .message")) {
    const time = item.querySelector("time")?.dateTime ?? "";
    if (item.matches(".event")) {
      lines.push(`[${time}] -- ${item.textContent.replace(/\s+/g, " ").trim()}`);
      continue;
    }
    const said = [...item.querySelectorAll(".bubble > .text, .bubble > .part, .bubble > .choices, .bubble > .gone")];
    const marks = [...item.querySelectorAll(".meta .edited, .meta .tick.failed")].map((mark) => mark.textContent.trim());
    const words = said.map((part) => part.textContent.trim()).join("\n");
    lines.push(`[${time}] ${item.querySelector(".author").textContent.trim()}: ${words}${marks.length ? ` (${marks.join(", ")})` : ""}`);
  }
  return lines.join("\n");
}

async function copyTranscript(button) {
  const words = asText();
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    const area = document.createElement("textarea"); // plain http on another name than localhost
    area.value = words;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const before = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = before; }, 1500);
}
