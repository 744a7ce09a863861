// Parts of a page that htmx puts anew when something in them changed. It is loaded only on pages that have such parts.
// An answer that is another page (signed out, an error) is shown as a page, never squeezed into the part.
export function liveParts(root) {
  root.addEventListener("htmx:beforeSwap", (event) => {
    const part = event.detail.target;
    if (part.id && event.detail.serverResponse.includes(`id="${part.id}"`)) return;
    event.detail.shouldSwap = false;
    event.target.closest("form").submit();
  });
  root.addEventListener("htmx:sendError", (event) => event.target.closest("form").submit());
  root.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
  root.addEventListener("htmx:afterSettle", (event) => {
    const summary = event.detail.target.querySelector(".error-summary");
    if (summary) summary.focus();
  });
}
