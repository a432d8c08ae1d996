// The composer: counts down, hears when somebody else takes the conversation, offers canned replies after a slash, and
// takes over a draft. Without this file every button still works.

const SOON_MS = 5 * 60 * 1000;
const COUNT_MS = 5000;
const LOOK_MS = 60000;
const composer = () => document.getElementById("composer");
let asking = false;
let again = false;
const field = () => document.getElementById("composer-text");

// --- how much time is left ---

function left(ms) {
  const minutes = Math.max(0, Math.floor(ms / 60000));
  return minutes >= 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes} min`;
}

function count() {
  const here = composer();
  if (!here) return;
  for (const element of here.querySelectorAll("[data-until]")) {
    const ms = new Date(element.dataset.until) - Date.now();
    const words = left(ms);
    if (element.textContent !== words) element.textContent = words;
    if ("window" in element.dataset && ms <= 0 && !asking) refresh();
    const banner = here.querySelector("[data-soon]");
    if (banner && !("window" in element.dataset)) banner.hidden = ms > SOON_MS;
  }
}

// --- who has it now ---

// The composer is replaced only when it looks different now, and never with the loss of what was typed.
function place(fresh) {
  const shown = composer();
  if (!fresh || !shown || fresh.dataset.conversation !== shown.dataset.conversation) return;
  if (fresh.dataset.mark === shown.dataset.mark) {
    const times = fresh.querySelectorAll("[data-until]");
    shown.querySelectorAll("[data-until]").forEach((element, at) => {
      if (times[at]) element.dataset.until = times[at].dataset.until;
    });
    count();
    return;
  }
  const typed = field() ? field().value : "";
  const focused = document.activeElement === field();
  const node = document.adoptNode(fresh);
  shown.replaceWith(node);
  window.htmx.process(node);
  if (typed && field()) field().value = typed;
  else if (typed) keep(node, typed);
  if (focused && field()) field().focus({ preventScroll: true });
  settle();
  count();
}

async function refresh() {
  const here = composer();
  if (!here) return;
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  try {
    const headers = { "HX-Request": "true", Accept: "text/html" };
    const answer = await fetch(here.dataset.address, { headers, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    place(page.getElementById("composer"));
  } catch {
    // The connection is away; the next frame comes here again.
  } finally {
    asking = false;
    if (again) {
      again = false;
      refresh();
    }
  }
}

function keep(node, typed) {
  const kept = document.createElement("textarea");
  kept.rows = 3;
  kept.readOnly = true;
  kept.dir = "auto";
  kept.value = typed;
  kept.setAttribute("aria-label", node.getAttribute("aria-label"));
  node.querySelector(".holder").after(kept);
}

// --- canned replies ---

let found = [];
let chosen = 0;
const menu = () => document.getElementById("canned-menu");

function texts() {
  const element = document.getElementById("canned-texts");
  return element ? JSON.parse(element.textContent) : [];
}

function close() {
  found = [];
  const list = menu();
  if (!list) return;
  list.hidden = true;
  list.replaceChildren();
  field().removeAttribute("aria-activedescendant");
  document.getElementById("canned-count").textContent = "";
}

function mark() {
  [...menu().children].forEach((item, at) => {
    item.setAttribute("aria-selected", String(at === chosen));
    if (at === chosen) {
      field().setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    }
  });
}

function offer() {
  const typed = field().value.match(/^\/([a-z0-9_-]*)$/i);
  const word = typed ? typed[1].toLowerCase() : "";
  found = typed ? texts().filter((one) => one.word.startsWith(word)) : [];
  if (!found.length) {
    close();
    return;
  }
  chosen = 0;
  menu().replaceChildren(
    ...found.map((one, at) => {
      const item = document.createElement("li");
      item.id = `canned-${at}`;
      item.setAttribute("role", "option");
      const name = document.createElement("strong");
      name.textContent = `/${one.word}`;
      const beginning = document.createElement("span");
      beginning.textContent = one.text;
      item.append(name, beginning);
      return item;
    }),
  );
  menu().hidden = false;
  const counted = document.getElementById("canned-count");
  counted.textContent = counted.dataset.words.replace("{n}", found.length);
  mark();
}

function insert(text) {
  const here = field();
  here.value = text.slice(0, here.maxLength);
  close();
  here.focus();
  here.setSelectionRange(here.value.length, here.value.length);
}

document.addEventListener("input", (event) => {
  if (event.target !== field()) return;
  offer();
  showTyping();
});
// Before keys.js hears of it: here Escape closes the list, and nothing else.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.target !== field() || !found.length || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown") chosen = (chosen + 1) % found.length;
    else if (event.key === "ArrowUp") chosen = (chosen + found.length - 1) % found.length;
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") insert(found[chosen].text);
    else return;
    event.preventDefault();
    if (found.length) mark();
  },
  true,
);
document.addEventListener("mousedown", (event) => {
  const item = event.target.closest("#canned-menu [role=option]");
  if (!item) return;
  event.preventDefault();
  insert(found[[...menu().children].indexOf(item)].text);
});
document.addEventListener("focusout", (event) => {
  if (event.target.id === "composer-text") close();
});

// --- the person sees that somebody writes ---

const TYPING_MS = 4000;
let shownAt = 0;
function showTyping() {
  if (!field().value.trim() || Date.now() - shownAt < TYPING_MS) return;
  shownAt = Date.now();
  const address = composer().dataset.address.replace(/composer$/, "typing");
  fetch(address, { method: "POST", credentials: "same-origin" }).catch(() => {});
}

// --- a file ---

document.addEventListener("change", ({ target }) => {
  if (target.id !== "file-chosen") return;
  const [file] = target.files;
  target.setCustomValidity(file && file.size > Number(target.dataset.largest) ? target.dataset.tooLarge : "");
  target.reportValidity();
});

// --- a draft ---

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-use-draft]")) return;
  const typed = field().value.trim();
  const words = document.getElementById("draft-text").textContent;
  insert(typed ? `${typed}\n\n${words}` : words);
});

// --- where one goes on writing ---

// The button that was pressed is gone then, and the keyboard's place with it: the next thing to do gets it.
let pressed = "";
function settle() {
  const next = pressed === "take" ? field() : pressed && document.querySelector("#composer [data-action=take_over]");
  if (!next) return;
  pressed = "";
  if (document.activeElement === document.body) next.focus({ preventScroll: true });
}
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target.closest("#composer form");
    const act = form && event.submitter === document.activeElement ? form.getAttribute("action").split("/").pop() : "";
    pressed = act === "take" || act === "hand-back" ? act : "";
  },
  true,
);
document.addEventListener("htmx:after:swap", settle);

// --- start ---

document.addEventListener("staff:composer", ({ detail }) => place(detail)); // it came with what is new in the transcript
document.addEventListener("staff:frame", ({ detail }) => {
  const here = composer();
  if (!here || document.querySelector("#messages[data-newest]")) return;
  if (detail.conversation === Number(here.dataset.conversation)) refresh();
});
count();
setInterval(count, COUNT_MS);
setInterval(refresh, LOOK_MS); // a frame may be lost with the connection
