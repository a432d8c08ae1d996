// What the buttons beside the messages do.

const messageOf = (button) => button.closest("li[data-id]");

// A button with data-post: what it carries is what the server is told about its chat and its message.
acts.post = async (button) => {
  const { post: act, ...said } = { message: messageOf(button)?.dataset.id, ...button.dataset };
  const answer = await post(`/chat/${nameOf(button)}/${act}`, said);
  if (!button.closest("#sharing")) return lookAgain();
  $("sharing").innerHTML = await answer.text();
  $("link")?.select();
};

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
acts.copies = (button) => copied(button, button.closest(".code").querySelector("pre").textContent);
acts.copy_link = (button) => copied(button, $("link").value);
acts.suggest = (button) => send(button.textContent);
acts.older = () => older();

// --- a form below a message ---

function opened(template, item) {
  acts.shut(item);
  item.append($(template).content.cloneNode(true));
  item.classList.add(template);
  return item.querySelector("form");
}

acts.shut = (inside) => {
  const item = inside.closest("li");
  item.querySelector("form")?.remove();
  item.classList.remove("editing", "why");
  text.focus();
};

// One's own message in other words: what followed it becomes another version.
acts.edit = (button) => {
  const item = messageOf(button);
  const form = opened("editing", item);
  const field = form.querySelector("textarea");
  const id = newId();
  field.value = bodyOf(item).textContent;
  field.focus();
  field.onkeydown = (event) => {
    if (event.key === "Escape") acts.shut(field);
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) form.requestSubmit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  form.onsubmit = async (event) => {
    event.preventDefault();
    try {
      await post(`/chat/${here()}/edit`, { message: item.dataset.id, id, text: field.value.trim() });
      acts.shut(field);
      lookAgain();
    } catch {
      toast(words.trouble);
    }
  };
};

// A thumb is told at once, why when it is known.
async function judge(button, good) {
  const { id, name } = messageOf(button).dataset;
  const told = (more) => post("/chat/messages", addressed(here(), { id: newId(), feedback: { message: name, good, ...more } }));
  if (button.getAttribute("aria-pressed") === "true") good = null;
  await told();
  await sync();
  if (good !== false) return;
  const form = opened("why", $(`m${id}`));
  form.querySelector("input").focus();
  form.onsubmit = async (event) => {
    event.preventDefault();
    const said = new FormData(form);
    try {
      await told({ reasons: said.getAll("reason"), text: said.get("comment").trim() });
      acts.shut(form);
      toast(words.thanks);
    } catch {
      toast(words.trouble);
    }
  };
}

acts.good = (button) => judge(button, true);
acts.bad = (button) => judge(button, false);

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
