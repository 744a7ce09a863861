// "Use where I am": asked of the device only when pressed, rounded to about a kilometre, and sent in the form's body.
const PLACES = 2;

export function nearButton(root) {
  const button = root.querySelector("button[data-near]");
  if (!button || !navigator.geolocation) return;
  const says = root.querySelector("[data-near-says]");
  button.hidden = false;
  button.addEventListener("click", () => {
    says.textContent = says.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const form = button.form;
        form.elements.zip.value = "";
        form.elements.near.value = `${coords.latitude.toFixed(PLACES)},${coords.longitude.toFixed(PLACES)}`;
        form.submit();
      },
      () => {
        says.textContent = says.dataset.failed;
      },
      { timeout: 10000, maximumAge: 600000 },
    );
  });
}
