// A box over the page that goes anywhere by a few letters: Ctrl-K or Cmd-K opens it. What is typed goes in a request's
// body, and the page that answers without script is where the choices come from.
const PAUSE_MS = 120;

export function palette(root) {
  const dialog = root.querySelector("dialog[data-palette]");
  if (!dialog) return;
  const box = dialog.querySelector("[role=combobox]");
  const list = dialog.querySelector("[role=listbox]");
  const says = dialog.querySelector("[role=status]");
  let pause;
  let latest = 0;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const chosen = () => list.querySelector("[aria-selected=true]");

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) box.setAttribute("aria-activedescendant", option.id);
    else box.removeAttribute("aria-activedescendant");
  }

  function show(links) {
    const fresh = links.map((link, number) => {
      const option = document.createElement("li");
      option.id = `palette-${number}`;
      option.className = "palette__option";
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.address = link.getAttribute("href");
      option.replaceChildren(...[...link.childNodes].map((node) => document.importNode(node, true)));
      return option;
    });
    list.replaceChildren(...fresh);
    choose(fresh[0]);
    says.textContent = fresh.length ? `${says.dataset.some} ${fresh.length}` : says.dataset.none;
  }

  async function look() {
    const mine = ++latest;
    const answer = await fetch(box.form.action, { method: "POST", body: new URLSearchParams(new FormData(box.form)) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine === latest && dialog.open) show([...page.querySelectorAll("[data-found] a")]);
  }

  function open() {
    if (dialog.open) return;
    box.value = "";
    list.replaceChildren();
    dialog.showModal();
    look();
  }

  function go(option) {
    if (option) location.href = option.dataset.address;
  }

  function move(step) {
    const all = options();
    choose(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
  }

  root.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    open();
  });
  root.addEventListener("click", (event) => {
    if (!event.target.closest("[data-opens-palette]")) return;
    event.preventDefault();
    open();
  });
  box.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(look, PAUSE_MS);
  });
  box.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    move(steps[event.key]);
  });
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    go(chosen());
  });
  list.addEventListener("click", (event) => go(event.target.closest("[role=option]")));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}
