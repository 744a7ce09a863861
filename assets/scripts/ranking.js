// Keys for the ranked list: j and k move, Enter opens (the browser's own), h hands off, x marks for comparison.
// They act only while the focus is inside the list, so single letters never surprise anyone who is typing elsewhere.
const STEPS = { j: 1, k: -1 };

// The list may be put anew into the page, so what is heard is the page.
export function rankingKeys(root) {
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const rank = event.target.closest(".rank");
    if (rank && act(rank.closest(".ranking"), rank, event.key)) event.preventDefault();
  });
}

function isTyping(element) {
  return element.matches("select, textarea, input:not([type=checkbox], [type=radio])");
}

function act(list, rank, key) {
  if (key in STEPS) return move(list, rank, STEPS[key]);
  if (key === "h") return click(rank, "[data-key=h]");
  if (key === "x") return click(rank, "[data-key=x]");
  return false;
}

function move(list, rank, step) {
  const ranks = [...list.querySelectorAll(".rank")];
  const next = ranks[ranks.indexOf(rank) + step];
  next?.querySelector("summary").focus();
  return Boolean(next);
}

function click(rank, selector) {
  const target = rank.querySelector(selector);
  target?.click();
  return Boolean(target);
}
