// What other sites embed; the server puts `words` before it. A button, a frame, and the little that they tell each other.

const home = new URL(document.currentScript.src).origin;
const kept = "assistant-widget";
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
button { position: fixed; right: 16px; bottom: 16px; z-index: 2147483001; width: 56px; height: 56px; padding: 0; border: 0; border-radius: 50%; background: #0f766e; color: #fff; cursor: pointer; box-shadow: 0 4px 16px #0005; }
button:focus-visible { outline: 3px solid #0f766e; outline-offset: 3px; }
svg { width: 26px; fill: none; stroke: currentcolor; stroke-width: 2; vertical-align: middle; }
b { position: absolute; top: -4px; right: -4px; min-width: 22px; font: 600 13px/22px system-ui, sans-serif; border-radius: 11px; background: #b42318; }
iframe { position: fixed; right: 16px; bottom: 84px; z-index: 2147483000; width: 384px; height: min(640px, 100dvh - 104px); border: 0; border-radius: 16px; background: #fff; box-shadow: 0 8px 40px #0005; }
iframe:not(.ready) { visibility: hidden; }
[hidden] { display: none; }
@media (max-width: 480px) { iframe { inset: 0; width: 100%; height: 100%; border-radius: 0; } .open { display: none; } }
@media (prefers-reduced-motion: no-preference) { .ready { animation: come .15s; } }
@keyframes come { from { opacity: 0; } }`);

const host = document.createElement("div");
const root = host.attachShadow({ mode: "open" });
root.adoptedStyleSheets = [sheet];
root.innerHTML = '<button type="button"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 5h16v11H9l-5 4z"/></svg><b hidden></b></button>';
const [button, badge] = root.querySelectorAll("button, b");
let frame = null;
let focus = false;

const isOpen = () => Boolean(frame && !frame.hidden);

function tell() {
  if (frame.className) frame.contentWindow.postMessage({ assistant: isOpen() ? "opened" : "closed", focus }, home);
}

function label(count) {
  const open = isOpen();
  badge.hidden = !count;
  badge.textContent = count;
  button.ariaLabel = open ? words.close : count ? `${words.open} (${words.unread.replace("{n}", count)})` : words.open;
  button.ariaExpanded = String(open);
  button.classList.toggle("open", open);
}

function show(open, byHand) {
  if (open && !frame) {
    frame = document.createElement("iframe");
    frame.title = words.title;
    frame.src = `${home}/widget?site=${encodeURIComponent(location.origin)}`;
    root.append(frame);
  }
  focus = byHand;
  frame.hidden = !open;
  label(0);
  tell();
  try { sessionStorage.setItem(kept, open); } catch { /* kept nowhere, then */ }
  if (byHand) (open ? frame : button).focus();
}

button.onclick = () => show(!isOpen(), true);
root.onkeydown = (event) => event.key === "Escape" && isOpen() && show(false, true);
addEventListener("message", ({ source, origin, data }) => {
  if (!frame || source !== frame.contentWindow || origin !== home) return;
  if (data.assistant === "ready") {
    frame.className = "ready"; // a site that may not show the chat sees an empty frame, which stays unseen
    tell();
  } else if (data.assistant === "close") show(false, true);
  else if (data.assistant === "unread" && !isOpen()) label(Math.min(99, +data.count || 0));
});

function begin() {
  document.body.append(host);
  label(0);
  let open = false;
  try { open = sessionStorage.getItem(kept) === "true" && innerWidth > 480; } catch { /* closed, then */ }
  if (open) show(true, false);
}
if (document.body) begin();
else addEventListener("DOMContentLoaded", begin);
