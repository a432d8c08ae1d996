// Times in the language and the zone of the reader. The first ones are written before the page is painted, so that no line
// breaks anew under the reader. Without this file they are in UTC.

{
  const page = document.documentElement.lang;
  const manner = navigator.languages.find((one) => one.split("-")[0] === page.split("-")[0]) || page || [];

  const write = (root) => {
    const today = new Date().toDateString();
    for (const element of root.querySelectorAll("time[datetime]:not([title])")) {
      const moment = new Date(element.dateTime);
      const clock = moment.toLocaleTimeString(manner, { hour: "2-digit", minute: "2-digit" });
      const day = moment.toLocaleDateString(manner, { day: "numeric", month: "short" });
      element.title = moment.toLocaleString(manner);
      element.textContent = moment.toDateString() === today ? clock : `${day} ${clock}`;
    }
  };

  write(document);
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) if (addedNodes.length) write(target);
  }).observe(document, { childList: true, subtree: true });
}
