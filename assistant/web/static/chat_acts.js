// What the buttons beside the messages do.

const messageOf = (button) => button.closest("li[data-id]");
const now = (act, said) => post(`/chat/${here()}/${act}`, said).then(() => { busy(true); return sync(); });

async function copied(button, written) {
  await navigator.clipboard.writeText(await written);
  button.classList.add("done");
  say(words.copied);
  setTimeout(() => button.classList.remove("done"), 1500);
}

acts.copy = (button) => {
  const item = messageOf(button);
  if (item.matches(".mine")) return copied(button, bodyOf(item).textContent);
  return copied(button, ask(`/chat/${here()}/export.md?message=${item.dataset.id}`).then((answer) => answer.text()));
};
acts.copy_link = (button) => copied(button, $("link").value);
acts.suggest = (button) => send(button.textContent);
acts.continue = () => send(words.continue);
acts.regenerate = (button) => now("regenerate", { message: Number(messageOf(button).dataset.id) });
acts.choose = (button) => now("choose", { message: Number(button.dataset.message) });
acts.older = () => older();

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.copies");
  if (button) copied(button, button.closest(".code").querySelector("pre").textContent).catch(() => toast(words.trouble));
});

// --- editing one's own message: what followed it becomes another version ---

function opened(template, item) {
  item.querySelector("form")?.remove();
  item.append($(template).content.cloneNode(true));
  return item.querySelector("form");
}

acts.edit = (button) => {
  const item = messageOf(button);
  const form = opened("editing", item);
  const field = form.querySelector("textarea");
  field.value = bodyOf(item).textContent;
  item.classList.add("edited");
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  const id = newId();
  field.onkeydown = (event) => {
    if (event.key === "Escape") acts.unedit(field);
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) form.requestSubmit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  form.onsubmit = async (event) => {
    event.preventDefault();
    if (!field.value.trim()) return;
    try {
      await post(`/chat/${here()}/edit`, { message: Number(item.dataset.id), id, text: field.value.trim() });
    } catch {
      toast(words.trouble);
      return;
    }
    acts.unedit(field);
    busy(true);
    sync();
  };
};
acts.unedit = (inside) => {
  const item = messageOf(inside);
  item.querySelector("form").remove();
  item.classList.remove("edited");
  text.focus();
};

// --- thumbs: what is pressed is told at once, why it was pressed when it is known ---

function judge(item, good, more = {}) {
  const feedback = { message: item.dataset.name, good, ...more };
  return post("/chat/messages", addressed(here(), { id: newId(), feedback }));
}

async function thumb(button, good) {
  const item = messageOf(button);
  const given = button.getAttribute("aria-pressed") !== "true";
  await judge(item, given ? good : null);
  for (const name of ["good", "bad"]) item.querySelector(`[data-act=${name}]`).setAttribute("aria-pressed", String(given && (name === "good") === good));
  if (!given || good) {
    item.querySelector("form")?.remove();
    return;
  }
  const form = opened("why", item);
  form.querySelector("input").focus();
  form.onsubmit = async (event) => {
    event.preventDefault();
    const said = new FormData(form);
    await judge(item, false, { reasons: said.getAll("reason"), text: said.get("comment").trim() }).then(
      () => { acts.unwhy(form); toast(words.thanks); },
      () => toast(words.trouble),
    );
  };
}

acts.good = (button) => thumb(button, true);
acts.bad = (button) => thumb(button, false);
acts.unwhy = (inside) => messageOf(inside).querySelector("form").remove();

// --- reading aloud, where the browser can ---

document.body.classList.toggle("mute", !("speechSynthesis" in window));
acts.aloud = (button) => {
  const speaking = speechSynthesis.speaking;
  speechSynthesis.cancel();
  if (speaking) return;
  const said = new SpeechSynthesisUtterance(bodyOf(messageOf(button)).innerText);
  said.lang = document.documentElement.lang;
  speechSynthesis.speak(said);
};
