// Leaving at once. Loaded before anything is drawn, so that a page one has left is never seen again: not by Back, not by
// Forward, not when a closed tab is opened again, and not out of the browser's cache of whole pages.
(() => {
  const LEFT = "left";
  const root = document.documentElement;

  function kept(act) {
    try {
      return act();
    } catch {
      return null; // Some browsers keep nothing; then there is nothing to hide either.
    }
  }

  const left = () => kept(() => sessionStorage.getItem(LEFT));

  function goTo(address) {
    root.hidden = true;
    location.replace(address);
  }

  function leave(address) {
    for (const name of ["my-list", "my-list-cards"]) kept(() => localStorage.removeItem(name));
    kept(() => {
      document.cookie = "asked=; Path=/; Max-Age=0; SameSite=Lax";
    });
    kept(() => sessionStorage.setItem(LEFT, address));
    document.title = " ";
    goTo(address);
  }

  // Who comes back by an address or a link wants to be here.
  if (left()) {
    if (performance.getEntriesByType("navigation")[0]?.type === "navigate") kept(() => sessionStorage.removeItem(LEFT));
    else goTo(left());
  }

  addEventListener("pagehide", () => {
    root.hidden = true;
  });
  addEventListener("pageshow", (event) => {
    if (left()) goTo(left());
    else if (event.persisted) root.hidden = false;
  });

  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-leave]");
    if (!link) return;
    event.preventDefault();
    leave(link.dataset.leave);
  });

  let pressed = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    pressed = [...pressed.filter((time) => event.timeStamp - time < 2000), event.timeStamp];
    const link = document.querySelector("a[data-leave]");
    if (pressed.length >= 3 && link) leave(link.dataset.leave);
  });
})();
