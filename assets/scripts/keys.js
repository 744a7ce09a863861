// Keys for a form of few choices: a letter presses the button that names it in data-key.
// They act only while nobody is typing, and only without Ctrl, Alt or the like.
export function choiceKeys(root) {
  const form = root.querySelector("form[data-keys]");
  if (!form) return;
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const button = form.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}

function isTyping(element) {
  return element.matches("select, textarea, input:not([type=checkbox], [type=radio])");
}
