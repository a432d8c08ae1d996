// Single keys of the staff pages. The table comes from the page (#keys, written by keys.py): nothing is bound here that
// is not in it. Inert while somebody types, and when the account has turned them off.

const SEQUENCE_MS = 1200;
const element = document.getElementById("keys");
const table = element ? JSON.parse(element.textContent) : [];
let first = "";
let firstAt = 0;

function typing(target) {
  return target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
}

function pressed(event) {
  const name = event.key === "Esc" ? "Escape" : event.key;
  return event.ctrlKey || event.metaKey ? `Ctrl+${name}` : name;
}

function shown(candidate) {
  return candidate.offsetParent !== null && !candidate.disabled;
}

// --- what no element stands for ----------------------------------------------------------------------------

function rows() {
  return [...document.querySelectorAll("[data-rows] [data-row]")].filter(shown);
}

function move(step) {
  const all = rows();
  if (!all.length) return false;
  const here = all.findIndex((row) => row.hasAttribute("data-chosen"));
  const next = all[Math.max(0, Math.min(all.length - 1, here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step))];
  if (here >= 0) all[here].removeAttribute("data-chosen");
  next.setAttribute("data-chosen", "");
  const link = next.matches("a, button") ? next : next.querySelector("a, button");
  if (link) link.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

const builtIn = {
  help() {
    const sheet = document.getElementById("help");
    if (sheet && !sheet.open) sheet.showModal();
    return Boolean(sheet);
  },
  leave(event) {
    const open = document.querySelector("dialog[open]");
    if (open) open.close();
    else if (typing(event.target)) event.target.blur();
    else {
      const details = document.querySelector("details[data-closes][open]");
      if (details) details.open = false;
    }
    return true;
  },
  next: () => move(1),
  previous: () => move(-1),
  open(event) {
    const chosen = document.querySelector("[data-row][data-chosen]");
    if (!chosen || event.target.closest("a, button, summary")) return false; // the browser does it
    (chosen.matches("a, button") ? chosen : chosen.querySelector("a, button")).click();
    return true;
  },
};

function act(key, event) {
  if (key.built_in) return builtIn[key.action](event);
  const targets = [...document.querySelectorAll(`[data-action="${key.action}"]`)];
  const within = event.target.closest("form");
  const target = targets.find((one) => shown(one) && within && within.contains(one)) || targets.find(shown);
  if (!target) return false;
  if (target.matches("input:not([type=radio]):not([type=checkbox]):not([type=submit]), textarea, select")) target.focus();
  else target.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const name = pressed(event);
  const busy = typing(event.target) || document.querySelector("dialog[open]");
  if (busy && name !== "Escape" && !name.startsWith("Ctrl+")) return;
  const sequence = first && Date.now() - firstAt < SEQUENCE_MS ? `${first} ${name}` : "";
  const key = table.find((one) => one.keys === sequence) || table.find((one) => one.keys === name);
  first = table.some((one) => one.keys.startsWith(`${name} `)) ? name : "";
  firstAt = Date.now();
  if (key && act(key, event)) {
    event.preventDefault();
    first = "";
  }
});

for (const button of document.querySelectorAll("[data-opens]")) {
  button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal());
}
for (const button of document.querySelectorAll("dialog [data-closes]")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}
