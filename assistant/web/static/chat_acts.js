// What the buttons beside the messages do.

const messageOf = (button) => button.closest("li[data-id]");

// A button with data-post: what it carries is what the server is told about its message.
acts.post = async (button) => {
  const { post: act, ...said } = { message: messageOf(button)?.dataset.id, ...button.dataset };
  const answer = await post(`/chat/${nameOf(button)}/${act}`, said);
  if (!button.closest("#sharing")) return lookAgain();
  $("sharing").innerHTML = await answer.text();
  $("link")?.select();
};

async function copied(written) {
  await navigator.clipboard.writeText(await written);
  toast(words.copied);
}

acts.copy = async (button) => copied((await ask(`/chat/${here()}/export.md?message=${messageOf(button).dataset.id}`)).text());
acts.copies = (button) => copied(button.closest(".code").querySelector("pre").textContent);
acts.copy_link = () => copied($("link").value);
acts.suggest = (button) => send(button.textContent);

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

// One's own message in other words.
acts.edit = (button) => {
  const item = messageOf(button);
  const form = opened("editing", item);
  const field = form.querySelector("textarea");
  const id = newId();
  field.value = bodyOf(item).textContent;
  field.focus();
  onSubmit(form, async () => {
    await post(`/chat/${here()}/edit`, { message: item.dataset.id, id, text: field.value.trim() });
    acts.shut(field);
    lookAgain();
  });
};

// A thumb is told at once, why when it is known.
async function judge(button, good) {
  const { id, name } = messageOf(button).dataset;
  const told = (more) => tell({ feedback: { message: name, good, ...more } });
  if (button.getAttribute("aria-pressed") === "true") good = null;
  await told();
  await sync();
  if (good !== false) return;
  const form = opened("why", $(`m${id}`));
  form.querySelector("input").focus();
  onSubmit(form, async () => {
    const said = new FormData(form);
    await told({ reasons: said.getAll("reason"), text: said.get("comment").trim() });
    acts.shut(form);
    toast(words.thanks);
  });
}

acts.good = (button) => judge(button, true);
acts.bad = (button) => judge(button, false);

// --- reading aloud, where the browser can ---

document.body.classList.toggle("mute", !("speechSynthesis" in window));
acts.aloud = (button) => {
  const { speaking } = speechSynthesis;
  speechSynthesis.cancel();
  if (speaking) return;
  const said = new SpeechSynthesisUtterance(bodyOf(messageOf(button)).innerText);
  said.lang = document.documentElement.lang;
  speechSynthesis.speak(said);
};
