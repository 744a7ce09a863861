// After a refused form the reader should land on what went wrong, not at the top of the page.
export function focusErrors(root) {
  const summary = root.querySelector(".error-summary");
  if (!summary) return;
  summary.setAttribute("tabindex", "-1");
  summary.focus();
}
