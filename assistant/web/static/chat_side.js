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

search.addEventListener("input", () => listAgain());
onSubmit($("search"), () => {});

acts.older_chats = async (link) => {
  link.replaceWith(...(await part(link.href, "history")).children);
};

acts.open = (link) => {
  drawer(false);
  return open(link.getAttribute("href"));
};

// --- the drawer of a small screen ---

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
const small = matchMedia("(max-width: 60rem)");
small.onchange = () => drawer(false);

// --- keys ---

function escape(field) {
  const menu = document.querySelector("details[name=chat-menu][open]");
  if (field.closest("li form")) acts.shut(field);
  else if (side.classList.contains("open")) drawer(false);
  else if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (!stopButton.hidden && !document.querySelector("dialog[open]")) stopButton.click();
}

document.addEventListener("keydown", (event) => {
  const [key, field] = [event.key, event.target];
  if (key === "Escape") escape(field);
  if (event.ctrlKey || event.metaKey || event.isComposing) return;
  if (key === "Enter" && !event.shiftKey && field.matches("textarea") && !matchMedia("(pointer: coarse)").matches) field.form.requestSubmit();
  else if (key === "ArrowUp" && field === text && !text.value) [...log().querySelectorAll("[data-act=edit]")].pop()?.click();
  else if (key === "/" && !field.matches("input, textarea, select")) {
    if (small.matches) drawer(true);
    search.focus();
  } else return;
  event.preventDefault();
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
  const back = () => {
    doomed.delete(name);
    listAgain();
  };
  doomed.add(name);
  listAgain();
  toast(words.deleted, back, () => tried(() => post(`/chat/${name}/delete`)).then(back));
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
