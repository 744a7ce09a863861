// Keys for the call: r right, n no answer, x closed, c opens what changed. They act only while the focus is inside the
// call and nobody is typing; the call has the focus when the page opens.
export function callKeys(root) {
  const call = root.querySelector("[data-call]");
  if (!call) return;
  if (!root.querySelector(".error-summary")) call.focus({ preventScroll: true });
  call.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const target = /^[a-z]$/.test(event.key) && call.querySelector(`[data-key=${event.key}]`);
    if (!target) return;
    event.preventDefault();
    target.click();
  });
}

function isTyping(element) {
  return element.matches("select, textarea, input:not([type=checkbox])");
}
