// The list of the visitor's chats, and what is done with a whole chat.

const [side, search, room] = ["side", "q", "room"].map($);
const doomed = new Set(); // chats whose deletion can still be undone

// --- the list ---

listAgain = once(async () => {
  const fresh = await part(`/chat/history?${new URLSearchParams({ here: here(), q: search.value.trim() })}`, "history");
  if ($("history").querySelector("details[open]")) return; // not under the pointer
  const focused = document.activeElement.closest("#history li")?.dataset.chat;
  $("history").replaceWith(fresh);
  for (const item of fresh.querySelectorAll("li")) {
    item.hidden = doomed.has(item.dataset.chat);
    if (item.dataset.chat === focused) item.querySelector("a").focus();
  }
});

let typed = null;
search.addEventListener("input", () => {
  clearTimeout(typed);
  typed = setTimeout(listAgain, 200);
});
$("search").addEventListener("submit", (event) => event.preventDefault());

acts.older_chats = async (link) => {
  const fresh = await part(link.href, "history");
  link.replaceWith(...fresh.children);
};

acts.open = (link) => {
  drawer(false);
  return open(link.getAttribute("href"));
};

// --- the drawer of a small screen ---

const small = matchMedia("(max-width: 60rem)");

function drawer(shown) {
  const button = document.querySelector(".drawer");
  side.classList.toggle("open", shown);
  room.inert = shown;
  button.setAttribute("aria-expanded", String(shown));
  if (shown) $("new").focus();
  else if (side.contains(document.activeElement)) button.focus();
}

acts.drawer = () => drawer(true);
acts.shut_drawer = () => drawer(false);
small.addEventListener("change", () => drawer(false));

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.querySelector("details[name=chat-menu][open]");
    if (side.classList.contains("open")) drawer(false);
    else if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (!stopButton.hidden && !document.querySelector("dialog[open]")) stop();
  } else if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.target.matches("input, textarea, select")) {
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

toast = (said, undo, done) => {
  window.onpagehide?.(); // what was said before is settled
  const [box, line, back] = [$("toast"), ...$("toast").children];
  line.textContent = said;
  back.hidden = !undo;
  box.hidden = false;
  const end = (after) => {
    clearTimeout(ends);
    window.onpagehide = null;
    box.hidden = true;
    after?.();
  };
  const ends = setTimeout(() => end(done), undo ? 8000 : 4000);
  window.onpagehide = () => end(done);
  acts.undo = () => end(undo);
};

// --- a whole chat ---

const agreed = (id) =>
  new Promise((resolve) => {
    const dialog = $(id);
    dialog.returnValue = "";
    dialog.onclose = () => resolve(dialog.returnValue === "yes");
    dialog.showModal();
  });

acts.rename = async (button) => {
  const name = nameOf(button);
  $("name").value = button.closest("li")?.querySelector("a").textContent || $("talk").dataset.title;
  if (!(await agreed("naming"))) return;
  await post(`/chat/${name}/rename`, { title: $("name").value.trim() });
  await lookAgain();
};

acts.delete = (button) => {
  const name = nameOf(button);
  const hide = (hidden) => {
    if (hidden) doomed.add(name);
    else doomed.delete(name);
    const item = document.querySelector(`#history li[data-chat="${name}"]`);
    if (item) item.hidden = hidden;
  };
  const back = () => hide(false);
  toast(words.deleted, back, () => post(`/chat/${name}/delete`, {}, { keepalive: true }).catch(() => { back(); toast(words.trouble); }));
  hide(true);
  if (name === here()) return open("/chat");
};

acts.delete_all = async () => {
  if (!(await agreed("ending"))) return;
  await post("/chat/delete-all");
  await open("/chat");
  listAgain();
};

acts.take = (button) => location.assign(`/chat/${here()}/export.${button.dataset.kind}`);

acts.share = async () => {
  $("sharing").innerHTML = await (await ask(`/chat/${here()}/shares`)).text();
  $("sharing").showModal();
};
