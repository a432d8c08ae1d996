// The chat inside another site's frame: tells that site when to close it and how many answers are unread, and nothing else.

// A browser that keeps nothing for frames of other sites throws at the mere name: then drafts live as long as the page.
try {
  sessionStorage.getItem("");
} catch {
  const kept = new Map();
  const value = { getItem: (name) => kept.get(name) ?? null, setItem: (name, said) => kept.set(name, said), removeItem: (name) => kept.delete(name) };
  Object.defineProperty(window, "sessionStorage", { value });
}

const site = document.body.dataset.site;
const text = document.getElementById("text");
let away = false;
let unread = 0;

const tell = (message) => site && window.parent !== window && window.parent.postMessage(message, site);
const close = () => tell({ assistant: "close" });

window.addEventListener("message", (event) => {
  if (event.source !== window.parent || event.origin !== site) return;
  if (event.data?.assistant === "closed") away = true;
  if (event.data?.assistant !== "opened") return;
  away = false;
  unread = 0;
  if (event.data.focus) text.focus();
});

document.getElementById("widget-close").addEventListener("click", close);

// Before the chat's own listener: what it would shut or stop comes first.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const busy = document.querySelector("#stop:not([hidden]), dialog[open], #side.open, details[open], .edits, .why");
  if (!busy) close();
}, true);

// A new answer is one that is whole: bubbles that still grow have no id.
const seen = new Set([...document.querySelectorAll("#log > .theirs[data-id]")].map((item) => item.dataset.id));
new MutationObserver(() => {
  for (const item of document.querySelectorAll("#log > .theirs[data-id]")) {
    if (seen.has(item.dataset.id)) continue;
    seen.add(item.dataset.id);
    if (away) unread += 1;
  }
  if (away && unread) tell({ assistant: "unread", count: unread });
}).observe(document.getElementById("room"), { childList: true, subtree: true, attributes: true, attributeFilter: ["data-id"] });

tell({ assistant: "ready" });
