// Work that a worker does for this page: looks again every two seconds, and loads the page anew once it is done.
const PAUSE_MS = 2000;

export function followProgress(root) {
  const part = root.querySelector("[data-refresh]");
  if (!part) return;
  const look = async () => {
    try {
      const answer = await fetch(window.location.href, { credentials: "same-origin" });
      const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-refresh]");
      if (!next) return window.location.reload();
      part.replaceChildren(...next.children);
    } catch {
      // The network comes back, or the reader loads the page.
    }
    return setTimeout(look, PAUSE_MS);
  };
  setTimeout(look, PAUSE_MS);
}
