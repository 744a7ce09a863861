// My list: ids of listings in this browser alone. The server is asked what they are, and keeps nothing.
const KEY = "my-list";
const MOST = 30;

function read() {
  try {
    const ids = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(ids) ? ids.filter((id) => typeof id === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function write(ids) {
  try {
    if (ids.length) localStorage.setItem(KEY, JSON.stringify(ids.slice(-MOST)));
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing keeps no list.
  }
}

function showCount(root) {
  const count = root.querySelector("[data-saved-count]");
  if (!count) return;
  count.textContent = read().length;
  count.hidden = read().length === 0;
}

function saveButtons(root, part) {
  for (const button of part.querySelectorAll("button[data-save]")) {
    const label = button.querySelector("span");
    const texts = { false: label.textContent, true: button.dataset.savedText };
    const show = () => {
      const on = read().includes(button.dataset.save);
      button.setAttribute("aria-pressed", String(on));
      label.textContent = texts[on];
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      const others = read().filter((id) => id !== button.dataset.save);
      write(read().length === others.length ? [...others, button.dataset.save] : others);
      show();
      showCount(root);
    });
    show();
  }
}

function listButtons(list) {
  const share = list.querySelector("[data-share]");
  const forget = list.querySelector("[data-forget]");
  const print = list.querySelector("[data-print]");
  if (share) {
    share.hidden = false;
    share.addEventListener("click", () => send(share.dataset.title, textOf(list)));
  }
  if (forget) {
    forget.hidden = false;
    forget.addEventListener("click", () => {
      write([]);
      location.reload();
    });
  }
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
}

// The device's own way to send, to whom the reader chooses; else a letter that the reader's mail program writes.
function send(title, text) {
  if (navigator.share) navigator.share({ title, text }).catch(() => {});
  else location.href = `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(text)}`;
}

function textOf(list) {
  const lines = (card) =>
    [".result__title", ".result__by", ".result__where", "a[href^='tel:']"]
      .map((part) => card.querySelector(part)?.textContent.trim())
      .filter(Boolean)
      .join("\n");
  return [...list.querySelectorAll(".result")].map(lines).join("\n\n");
}

async function fill(root, list) {
  const body = new URLSearchParams(read().map((id) => ["keep", id]));
  const answer = await fetch(list.dataset.action, { method: "POST", body });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  list.replaceChildren(...page.querySelector("[data-saved-list]").childNodes);
  saveButtons(root, list);
  listButtons(list);
}

export function myList(root) {
  showCount(root);
  saveButtons(root, root);
  for (const part of root.querySelectorAll("[data-with-script]")) part.hidden = false;
  const list = root.querySelector("[data-saved-list]");
  if (!list) return;
  if (list.hasAttribute("data-filled")) listButtons(list);
  else if (read().length) fill(root, list);
}
