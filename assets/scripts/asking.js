// A screening on a page: questions that an answer brings up appear at once, and answers stay when the network is gone.
// Without this file the server shows such questions after saving, and the browser keeps what was typed as it can.
export function askLive(root) {
  const form = root.querySelector("form[data-keeps]");
  if (!form) return;
  const look = () => follow(form);
  form.addEventListener("input", look);
  look();
  form.addEventListener("submit", (event) => send(event, form));
}

const ORDERS = {
  ">": (one, other) => one > other,
  "<": (one, other) => one < other,
  ">=": (one, other) => one >= other,
  "<=": (one, other) => one <= other,
};

// One answer may bring up a question whose answer brings up another, so it goes on until nothing moves.
function follow(form) {
  const parts = [...form.querySelectorAll("[data-when]")];
  for (let moved = true, round = 0; moved && round <= parts.length; round += 1) {
    moved = false;
    for (const part of parts) {
      const shown = isAsked(form, JSON.parse(part.dataset.when));
      if (shown === undefined || shown === !part.hidden) continue;
      part.hidden = !shown;
      if ("disabled" in part) part.disabled = !shown;
      moved = true;
    }
  }
}

// Undefined where it hangs on a question of another page: then what the server said holds.
function isAsked(form, conditions) {
  let all = true;
  for (const { every, tests } of conditions) {
    if (tests.some(([field]) => !form.elements[field])) return undefined;
    const found = tests.map((test) => holds(form, test));
    all = all && (every ? found.every(Boolean) : found.some(Boolean));
  }
  return all;
}

function holds(form, [field, operator, value]) {
  const answers = new FormData(form).getAll(field).filter((answer) => answer.trim());
  if (operator === "exists") return (answers.length > 0) === (value === "true");
  if (operator === "=") return answers.some((answer) => same(answer, value));
  if (operator === "!=") return !answers.some((answer) => same(answer, value));
  return answers.some((answer) => ORDERS[operator](...alike(answer, value)));
}

function same(one, other) {
  const [left, right] = alike(one, other);
  return left === right;
}

function alike(one, other) {
  const numbers = [Number(one), Number(other)];
  return numbers.some(Number.isNaN) ? [one, other] : numbers;
}

// Asks first whether the server can be reached: if not, the page with all answers stays. The form itself is sent as ever.
async function send(event, form) {
  if (form.dataset.reached) return;
  event.preventDefault();
  event.stopPropagation();
  const { submitter } = event;
  const unsent = form.querySelector("[data-unsent]");
  try {
    await fetch("/healthz", { cache: "no-store" });
  } catch {
    unsent.hidden = false;
    unsent.scrollIntoView({ block: "center" });
    return;
  }
  unsent.hidden = true;
  form.dataset.reached = "yes";
  form.requestSubmit(submitter);
  setTimeout(() => delete form.dataset.reached);
}
