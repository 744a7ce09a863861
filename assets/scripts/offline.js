// Starts the worker for a connection that drops, once the page is there; a browser that has none does without.
export function startWorker(root) {
  const worker = root.querySelector("meta[name=worker]");
  if (!worker || !navigator.serviceWorker) return;
  addEventListener("load", () => navigator.serviceWorker.register(worker.content, { scope: "/" }).catch(() => {}));
}
