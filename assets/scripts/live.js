// Parts of a page that htmx puts anew when something in them changed. It is loaded only on pages that have such parts.
// An answer that is another page (signed out, an error) is shown as a page, never squeezed into the part.
export function liveParts(root) {
  const asWholePage = ({ detail }) => detail.requestConfig.elt.closest("form").submit();

  root.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.serverResponse.includes(`id="${event.detail.target.id}"`)) return;
    event.detail.shouldSwap = false;
    asWholePage(event);
  });
  root.addEventListener("htmx:sendError", asWholePage);
  root.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
  root.addEventListener("htmx:afterSettle", (event) => {
    root.getElementById(event.detail.target.id)?.querySelector(".error-summary")?.focus();
  });
}
