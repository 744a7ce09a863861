// The map beside the list, on wide screens: the same numbers on a ground of borders and, where the operator has set one up,
// tiles. The list stays the truth; who has no script, a small screen or no connection has the small picture.
const WIDE = matchMedia("(min-width: 64em)");
const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const CLOSEST = 15;
const PIN = 28;
const STEPS = [0, -1, 1, -2, 2].map((step) => step * PIN);
const AROUND = STEPS.flatMap((right) => STEPS.map((down) => [right, down]))
  .sort((one, other) => Math.hypot(...one) - Math.hypot(...other));

function script(address) {
  return new Promise((resolve, reject) => {
    const part = Object.assign(document.createElement("script"), { src: address, onload: resolve, onerror: reject });
    document.head.append(part);
  });
}

function styles(address) {
  return new Promise((resolve, reject) => {
    const part = Object.assign(document.createElement("link"), {
      rel: "stylesheet", href: address, onload: resolve, onerror: reject,
    });
    document.head.append(part);
  });
}

function drawGround(L, map, ground) {
  const turned = (points) => (typeof points[0] === "number" ? [points[1], points[0]] : points.map(turned));
  L.polygon(turned(ground.state), { className: "map__state", interactive: false }).addTo(map);
  L.polyline(turned(ground.borders), { className: "map__border", interactive: false }).addTo(map);
}

// Numbers that would lie on one another stand side by side, as near to their places as there is room.
function spread(map, pins) {
  const taken = [];
  for (const pin of pins) {
    const { x, y } = map.latLngToLayerPoint(pin.getLatLng());
    const [dx, dy] = AROUND.find(([right, down]) =>
      taken.every(([otherX, otherY]) => Math.max(Math.abs(x + right - otherX), Math.abs(y + down - otherY)) >= PIN)) ?? [0, 0];
    taken.push([x + dx, y + dy]);
    Object.assign(pin.getElement().style, { marginLeft: `${dx - PIN / 2}px`, marginTop: `${dy - PIN / 2}px` });
  }
}

function goTo(title) {
  title.focus({ preventScroll: true });
  title.closest(".result").scrollIntoView({ block: "center", behavior: CALM.matches ? "auto" : "smooth" });
}

function drawPins(L, map, pins) {
  const drawn = [];
  for (const { number, at } of pins) {
    const title = document.querySelector(`#card-${number} .result__title a`);
    const icon = L.divIcon({ className: "map__pin", html: String(number), iconSize: [PIN, PIN] });
    const pin = L.marker(at, { icon, riseOnHover: true }).addTo(map);
    pin.getElement().setAttribute("aria-label", `${number}: ${title.textContent}`);
    drawn.push(pin);
    pin.on("click", () => goTo(title));
    pin.getElement().addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      goTo(title);
    });
  }
  map.on("zoomend", () => spread(map, drawn));
  spread(map, drawn);
}

async function draw(place) {
  const { leaflet, leafletStyles, ground, places, here, tiles, credit, icons, zoomIn, zoomOut } = place.dataset;
  const [answer] = await Promise.all([fetch(ground), styles(leafletStyles), script(leaflet)]);
  const L = window.L;
  const found = JSON.parse(places).map(([number, ...at]) => ({ number, at }));
  const map = L.map(place, {
    attributionControl: Boolean(tiles), zoomControl: false, scrollWheelZoom: false, maxZoom: CLOSEST,
    zoomAnimation: !CALM.matches, fadeAnimation: !CALM.matches, markerZoomAnimation: !CALM.matches, inertia: !CALM.matches,
  });
  place.hidden = false;
  map.invalidateSize();
  const icon = (name) => `<svg class="icon" aria-hidden="true"><use href="${icons}#${name}"></use></svg>`;
  L.control
    .zoom({ zoomInText: icon("add"), zoomOutText: icon("remove"), zoomInTitle: zoomIn, zoomOutTitle: zoomOut })
    .addTo(map);
  const points = found.map((pin) => pin.at).concat(here ? [JSON.parse(here)] : []);
  map.fitBounds(L.latLngBounds(points), { padding: [32, 32], maxZoom: 14, animate: false });
  if (tiles) {
    map.attributionControl.setPrefix(false);
    L.tileLayer(tiles, { attribution: credit, maxZoom: CLOSEST }).addTo(map);
  } else {
    drawGround(L, map, await answer.json());
  }
  if (here) L.circleMarker(JSON.parse(here), { className: "map__here", radius: 9, interactive: false }).addTo(map);
  drawPins(L, map, found);
  place.parentElement.classList.add("small-map--wide");
}

export function wideMap(root) {
  const place = root.querySelector("[data-map]");
  if (!place || !WIDE.matches) return;
  const later = window.requestIdleCallback ?? setTimeout;
  later(() => draw(place).catch(() => { place.hidden = true; }));
}
