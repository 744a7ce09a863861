// My list: ids of listings in this browser alone. The server is asked what they are, and keeps nothing. The cards are kept
// beside the ids, to be read without a connection.
const KEY = "my-list";
const CARDS = "my-list-cards";
// What is true only for a while, or does nothing without a connection.
const PASSING = ".result__reasons, .result__wrong, .no-print, button, noscript, a[rel]";
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
  put(KEY, ids.length ? ids.slice(-MOST) : null);
  keepCards(readCards());
}

function put(key, value) {
  try {
    if (value) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing keeps no list.
  }
}

function readCards() {
  try {
    return JSON.parse(localStorage.getItem(CARDS)) ?? {};
  } catch {
    return {};
  }
}

function keepCards(cards) {
  const kept = read().filter((id) => typeof cards[id] === "string").map((id) => [id, cards[id]]);
  put(CARDS, kept.length ? Object.fromEntries(kept) : null);
}

function cardsOf(part) {
  return Object.fromEntries(
    [...part.querySelectorAll(".result:has([data-save])")].map((result) => {
      const card = result.cloneNode(true);
      for (const passing of card.querySelectorAll(PASSING)) passing.remove();
      return [result.querySelector("[data-save]").dataset.save, card.outerHTML];
    }),
  );
}

// The cards are numbered anew: some may have left the list.
function showKept(root) {
  const list = root.querySelector("[data-kept-list]");
  if (!list) return;
  const cards = readCards();
  const kept = read().filter((id) => cards[id]);
  list.querySelector("ol").innerHTML = kept.map((id) => cards[id]).join("");
  for (const [index, pin] of list.querySelectorAll(".result__pin").entries()) pin.textContent = index + 1;
  list.hidden = kept.length === 0;
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
      learnCards(root);
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

async function ask(address) {
  const body = new URLSearchParams([["at_once", "y"], ...read().map((id) => ["keep", id])]);
  const answer = await fetch(address, { method: "POST", body });
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const list = page.querySelector("[data-saved-list]");
  keepCards(cardsOf(list));
  return list;
}

// Somebody who saved a listing can read its card without a connection, also before they opened the list.
function learnCards(root) {
  const link = root.querySelector("[data-saved-count]")?.closest("a");
  if (link && read().some((id) => !readCards()[id])) ask(link.href).catch(() => {});
}

async function fill(root, list) {
  const filled = await ask(list.dataset.action);
  if (!filled) return;
  list.replaceChildren(...filled.childNodes);
  saveButtons(root, list);
  listButtons(list);
}

export function myList(root) {
  showCount(root);
  showKept(root);
  saveButtons(root, root);
  for (const part of root.querySelectorAll("[data-with-script]")) part.hidden = false;
  const list = root.querySelector("[data-saved-list]");
  if (!list) return;
  if (list.hasAttribute("data-filled")) listButtons(list);
  else if (read().length) fill(root, list);
}
