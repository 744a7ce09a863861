// For a connection that drops. Kept are files that are the same for everybody: assets by their fingerprint, and one page that
// says so in the reader's language. A page that was read is never kept: it could tell a need, a place or a person.
const NAME = `offline${location.search}`;
const PAGE = `/offline/${new URL(location.href).searchParams.get("language")}`;
const ASSETS = "/static/build/";
const NOT_OURS = /^\/(desk|partner|steward|screen|sign-in|api|hsds|fhir)(\/|$)/;

// Without cookies: what is kept is what somebody sees of whom we know nothing.
async function keep(cache, address) {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  await cache.put(address, answer.clone());
  return answer.text();
}

async function keepWithAll(cache, address) {
  const text = await keep(cache, address);
  const found = text.match(/(\/static\/build\/|\.\/)[\w./-]+\?v=\w+/g) ?? [];
  const assets = [...new Set(found.map((path) => new URL(path, new URL(address, location.href)).href))];
  await Promise.all(assets.map((asset) => (asset.includes(".js?") ? keepWithAll : keep)(cache, asset)));
}

async function keptOrFetched(request) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)));
}

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(NAME).then((cache) => keepWithAll(cache, PAGE)));
});

addEventListener("activate", (event) => event.waitUntil(dropOthers()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (NOT_OURS.test(address.pathname)) return;
    event.respondWith(fetch(request).catch(() => caches.match(PAGE, { ignoreVary: true })));
  } else if (request.method === "GET" && address.pathname.startsWith(ASSETS) && address.searchParams.has("v")) {
    event.respondWith(keptOrFetched(request));
  }
});
