// The list of the visitor's chats, and what is done with a whole chat.

const [side, search, room] = ["side", "q", "room"].map($);
const doomed = new Set(); // chats whose deletion can still be undone
let mercy = null; // ends the time for that

// --- the list ---

listAgain = once(async () => {
  const query = new URLSearchParams({ here: here(), q: search.value.trim() });
  const fresh = await part(`/chat/history?${query}`, "history");
  if ($("history").querySelector("details[open]")) return; // not under the pointer
  const focused = document.activeElement.closest?.("#history li")?.dataset.chat;
  $("history").replaceWith(fresh);
  for (const item of fresh.querySelectorAll("li")) {
    item.hidden = doomed.has(item.dataset.chat);
    if (item.dataset.chat === focused) item.querySelector("a").focus();
  }
  showMarks();
});

let typed = null;
search.addEventListener("input", () => {
  clearTimeout(typed);
  typed = setTimeout(listAgain, 200);
});
$("search").addEventListener("submit", (event) => event.preventDefault());

acts.older_chats = async (link) => {
  const fresh = await part(link.href.replace("/chat?", "/chat/history?"), "history");
  link.replaceWith(...fresh.children);
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("#side a[href^='/chat']:not([data-act])");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button || !/^\/chat(\/first|\/[0-9a-f]{32})?$/.test(link.pathname)) return;
  event.preventDefault();
  drawer(false);
  open(link.getAttribute("href"));
});

// --- the drawer of a small screen ---

const small = matchMedia("(max-width: 60rem)");

function drawer(shown) {
  side.classList.toggle("open", shown);
  room.inert = shown;
  document.querySelector(".drawer").setAttribute("aria-expanded", String(shown));
  if (shown) $("new").focus();
}

acts.drawer = () => drawer(true);
$("shade").addEventListener("click", () => shut());
small.addEventListener("change", () => drawer(false));

function shut() {
  drawer(false);
  document.querySelector(".drawer").focus();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  if (event.key === "Escape") {
    const menu = document.querySelector("details[name=chat-menu][open]");
    if (side.classList.contains("open")) shut();
    else if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (!stopButton.hidden && !document.querySelector("dialog[open]")) stop();
  } else if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    if (small.matches) drawer(true);
    search.focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[name=chat-menu][open]")) {
    if (!menu.contains(event.target) || event.target.closest(".choices")) menu.open = false;
  }
});

// --- a sentence that stays for a while, perhaps with a way back ---

toast = (said, { undo, done } = {}) => {
  mercy?.();
  const [box, words] = [$("toast"), $("toast").firstElementChild];
  words.textContent = said;
  box.lastElementChild.hidden = !undo;
  box.hidden = false;
  const ends = setTimeout(() => mercy(), undo ? 8000 : 4000);
  const close = (after) => {
    clearTimeout(ends);
    mercy = null;
    box.hidden = true;
    after?.();
  };
  mercy = () => close(done);
  acts.undo = () => close(undo);
};
window.addEventListener("pagehide", () => mercy?.());

// --- a whole chat ---

const nameOf = (button) => button.closest("[data-chat]").dataset.chat;
const whole = (name, act, said) => post(`/chat/${name}/${act}`, said, { keepalive: true }).then(listAgain);

acts.pin = async (button) => {
  const name = nameOf(button);
  await whole(name, "pin", { pinned: Boolean(button.dataset.pinned) });
};

acts.rename = (button) => {
  const [name, dialog] = [nameOf(button), $("naming")];
  const title = button.closest("#talk")?.dataset.title || button.closest("li")?.querySelector("a").textContent || "";
  $("name").value = title;
  dialog.returnValue = "";
  dialog.showModal();
  dialog.onclose = async () => {
    if (dialog.returnValue !== "yes" || !$("name").value.trim()) return;
    await whole(name, "rename", { title: $("name").value.trim() }).catch(() => toast(words.trouble));
    if (name === here()) named($("name").value.trim());
  };
};

acts.delete = (button) => {
  const name = nameOf(button);
  const shown = (hidden) => {
    if (hidden) doomed.add(name);
    else doomed.delete(name);
    const item = document.querySelector(`#history li[data-chat="${name}"]`);
    if (item) item.hidden = hidden;
  };
  const done = () => whole(name, "delete").catch(() => { shown(false); toast(words.trouble); });
  toast(words.deleted, { undo: () => { shown(false); open(`/chat/${name}`); }, done });
  shown(true);
  if (name === here()) {
    delete $("talk").dataset.temporary;
    open("/chat");
  }
};

acts.delete_all = () => {
  const dialog = $("ending");
  dialog.returnValue = "";
  dialog.showModal();
  dialog.onclose = async () => {
    if (dialog.returnValue !== "yes") return;
    await post("/chat/delete-all").catch(() => toast(words.trouble));
    open("/chat");
    listAgain();
  };
};

acts.close = (button) => button.closest("dialog").close();

// --- links to read it ---

async function shares(path, options) {
  const answer = await ask(path, options);
  $("sharing").innerHTML = await answer.text();
}

acts.share = async () => {
  await shares(`/chat/${here()}/shares`);
  $("sharing").showModal();
};
const change = (act, said) => shares(`/chat/${here()}/${act}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(said) });
acts.share_new = async () => {
  await change("share", {});
  $("link").select();
};
acts.unshare = (button) => change("unshare", { share: Number(button.dataset.share) });
