// Staff pages: local times, live updates of the list and the transcript, older messages in place.
// Every page works without this file by reloading.

import { connect, clock } from "./live.js";

const NEAR = 120;
const LIST_PAUSE = 1000;

// --- times ---------------------------------------------------------------------------------------------

function localTimes(root) {
  const today = new Date().toDateString();
  for (const element of root.querySelectorAll("time[datetime]:not([title])")) {
    const moment = new Date(element.dateTime);
    element.title = moment.toLocaleString();
    const day = moment.toLocaleDateString([], { day: "numeric", month: "short" });
    element.textContent = moment.toDateString() === today ? clock(moment) : `${day} ${clock(moment)}`;
  }
}

// --- pages are fetched whole and the new part is taken from them -------------------------------------------

async function fetchPage(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  if (answer.redirected && new URL(answer.url).pathname === "/login") {
    location.assign(answer.url);
    return null;
  }
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  localTimes(page);
  return page;
}

// One run at a time; a call during a run leads to one more, `pause` milliseconds after the last began.
function oneAtATime(work, pause) {
  let running = false;
  let again = false;
  return async function run() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    const began = Date.now();
    try {
      await work();
    } catch {
      // The connection is away: onOpen comes here again.
    }
    setTimeout(() => {
      running = false;
      if (again) {
        again = false;
        run();
      }
    }, Math.max(0, pause - (Date.now() - began)));
  };
}

function sayFresh(button, count, onClick) {
  button.hidden = count === 0;
  if (count === 0) return;
  button.textContent = count === 1 ? button.dataset.one : button.dataset.many.replace("{n}", count);
  button.onclick = onClick;
}

// What is the matter right now, on every page that shows it.
function placeAlerts(page) {
  const shown = document.getElementById("alerts");
  const fresh = page.getElementById("alerts");
  if (shown && fresh && shown.innerHTML !== fresh.innerHTML) shown.replaceWith(document.adoptNode(fresh));
}

// --- the list --------------------------------------------------------------------------------------------

function liveList() {
  const button = document.getElementById("fresh");
  let waiting = null;

  function place(page) {
    document.getElementById("list").replaceWith(document.adoptNode(page.getElementById("list")));
    waiting = null;
    sayFresh(button, 0);
  }

  const refresh = oneAtATime(async () => {
    const page = await fetchPage(location.href);
    if (page) placeAlerts(page);
    const list = page && page.getElementById("list");
    if (!list) return;
    const shown = document.getElementById("list");
    const known = new Map([...shown.children].map((item) => [item.id, item.dataset.state]));
    const changed = [...list.children].filter((item) => item.id && known.get(item.id) !== item.dataset.state);
    // Never move rows under a reader's pointer or focus.
    if (window.scrollY > NEAR || shown.matches(":hover, :focus-within")) {
      waiting = page;
      sayFresh(button, changed.length, () => {
        place(waiting);
        window.scrollTo({ top: 0 });
      });
    } else {
      place(page);
    }
  }, LIST_PAUSE);

  return { refresh, wants: () => true };
}

// --- pages of which only the alerts are live --------------------------------------------------------------

function liveAlerts() {
  const refresh = oneAtATime(async () => {
    const page = document.getElementById("alerts") && (await fetchPage(location.href));
    if (page) placeAlerts(page);
  }, LIST_PAUSE);
  return { refresh, wants: (frame) => frame.kind === "channel" };
}

// --- one transcript --------------------------------------------------------------------------------------

function order(item) {
  return [Number(item.dataset.after), Number(item.dataset.seq)];
}

function isBefore(one, other) {
  const [a, b] = [order(one), order(other)];
  return a[0] !== b[0] ? a[0] < b[0] : a[1] < b[1];
}

// By id: what is there is replaced, what is new finds its place; nothing can appear twice.
function merge(log, items) {
  let added = 0;
  for (const item of items) {
    const known = document.getElementById(item.id);
    if (known) {
      if (known.outerHTML !== item.outerHTML) known.replaceWith(document.adoptNode(item));
      continue;
    }
    let next = log.lastElementChild;
    while (next && isBefore(item, next)) next = next.previousElementSibling;
    const node = document.adoptNode(item);
    if (next) next.after(node);
    else log.prepend(node);
    added += 1;
  }
  return added;
}

function liveTranscript(log) {
  const button = document.getElementById("fresh");
  const conversation = Number(log.dataset.conversation);
  const atEnd = () => window.innerHeight + window.scrollY >= document.body.scrollHeight - NEAR;
  const toEnd = () => window.scrollTo({ top: document.body.scrollHeight });
  let unseen = 0;

  if (!location.hash) toEnd();
  window.addEventListener("scroll", () => {
    if (unseen && atEnd()) {
      unseen = 0;
      sayFresh(button, 0);
    }
  });

  const refresh = oneAtATime(async () => {
    const page = await fetchPage(location.pathname);
    if (!page) return;
    document.getElementById("head").replaceWith(document.adoptNode(page.getElementById("head")));
    const stay = !atEnd();
    const added = merge(document.getElementById("messages"), page.querySelectorAll("#messages > .message"));
    if (!added) return;
    if (stay) {
      unseen += added;
      sayFresh(button, unseen, toEnd);
    } else {
      toEnd();
    }
  }, 150);

  return { refresh, wants: (frame) => frame.conversation === conversation };
}

function olderInPlace() {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("#older");
    if (!link) return;
    event.preventDefault();
    const page = await fetchPage(link.href);
    if (!page) return;
    const height = document.body.scrollHeight;
    merge(document.getElementById("messages"), page.querySelectorAll("#messages > .message"));
    const further = page.getElementById("older");
    if (further) link.href = further.getAttribute("href");
    else link.remove();
    window.scrollBy({ top: document.body.scrollHeight - height });
  });
}

// --- start -----------------------------------------------------------------------------------------------

localTimes(document);
document.addEventListener("htmx:after:settle", () => localTimes(document));
const status = document.getElementById("live");
const log = document.querySelector("ol#messages");
const list = document.querySelector("#list[data-newest]");
if (log) olderInPlace();
const live = log && "newest" in log.dataset ? liveTranscript(log) : list ? liveList() : liveAlerts();
connect("/admin/live", {
  status,
  onOpen: live.refresh,
  onFrame(frame) {
    document.dispatchEvent(new CustomEvent("staff:frame", { detail: frame })); // for a page's own module
    if (live.wants(frame)) live.refresh();
  },
  onEnded: () => location.reload(),
});
