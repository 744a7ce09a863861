// A second tap within two seconds sends nothing. The server refuses the double as well; this spares the wait.
const PAUSE_MS = 2000;

export function guardDoubleSubmit(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, PAUSE_MS);
  });
}
