// One item of a review queue: its lease is renewed while the page is open, what is written is kept, and the item is let go
// when the page is left. Without this file a lease runs out after five minutes.

const BEAT_MS = 60_000;
const PAUSE_MS = 1_000; // after the last letter
const RETRY_MS = 5_000;
const FIRST_MS = 1_500; // when the page is loaded anew, the leaving of the old one may arrive after that
const form = document.getElementById("judge");
const lost = document.getElementById("lost");
const unsaved = document.getElementById("unsaved");
let written = false; // something is here that the server does not have
let going = false; // decided, skipped or given back: nothing is to be let go any more
let timer = null;

function fields() {
  return new URLSearchParams(new FormData(form));
}

function sayLost(by) {
  lost.textContent = by.length ? lost.dataset.words.replace("{name}", by.join(", ")) : lost.dataset.nobody;
  lost.hidden = false;
  for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = true;
}

async function keep() {
  clearTimeout(timer);
  if (going) return;
  const body = written ? fields() : new URLSearchParams();
  const had = written;
  written = false;
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body, credentials: "same-origin" });
    if (answer.status === 401) location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    unsaved.hidden = true;
    if (!told.held && !going) sayLost(told.by);
  } catch {
    written = written || had;
    if (had && !going) {
      unsaved.hidden = false;
      timer = setTimeout(keep, RETRY_MS);
    }
  }
}

function leave() {
  if (going) return;
  going = true;
  navigator.sendBeacon(form.dataset.leave, written ? fields() : new URLSearchParams());
}

if (form) {
  form.addEventListener("input", () => {
    written = true;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE_MS);
  });
  setTimeout(keep, FIRST_MS);
  setInterval(keep, BEAT_MS);
  for (const away of [form, ...document.querySelectorAll("form[data-goes]")]) {
    away.addEventListener("submit", () => {
      going = true;
      clearTimeout(timer);
    });
  }
  window.addEventListener("pagehide", leave);
  // Come back to with the browser's own memory of the page: the item was let go, so it is asked for again.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
}
