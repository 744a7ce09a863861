// Builds what the pages load. Everything third-party comes from node_modules and is never committed.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { compile } from "sass";
import { grounds } from "./map.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const assets = join(root, "assets");
const uswds = join(root, "node_modules/@uswds/uswds");
const staticBuild = join(root, "resource_hub/web/shared/static/build");

async function styles(out) {
  const { css } = compile(join(assets, "styles/site.scss"), {
    loadPaths: [join(uswds, "packages")],
    style: "compressed",
    // USWDS still uses what newer Sass versions advise against; that is for its authors to mend.
    quietDeps: true,
    silenceDeprecations: ["if-function"],
  });
  await writeFile(join(out, "site.css"), css);
  const images = new Set([...css.matchAll(/url\("?(\.\/img\/[^")]+)"?\)/g)].map((found) => found[1]));
  for (const image of images) await copy(join(uswds, "dist", image), join(out, image));
}

async function fonts(out) {
  for (const face of ["Regular", "Italic", "Bold"]) {
    const file = `PublicSans-${face}.woff2`;
    await copy(join(uswds, "dist/fonts/public-sans", file), join(out, "fonts", file));
  }
}

async function icons(out) {
  const names = JSON.parse(await readFile(join(assets, "icons.json"), "utf8"));
  const symbols = await Promise.all(names.map(symbol));
  await writeFile(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

async function symbol(name) {
  const svg = await readFile(join(uswds, "dist/img/usa-icons", `${name}.svg`), "utf8");
  const [, viewBox, shapes] = svg.match(/viewBox="([^"]+)"[^>]*>(.*)<\/svg>/s);
  return `<symbol id="${name}" viewBox="${viewBox}">${shapes}</symbol>`;
}

async function scripts(out) {
  await cp(join(assets, "scripts"), out, { recursive: true });
  await copy(join(root, "node_modules/htmx.org/dist/htmx.min.js"), join(out, "htmx.js"));
}

async function leaflet(out) {
  const dist = join(root, "node_modules/leaflet/dist");
  // What is drawn with it are borders and numbered pins; its pictures of pins and layers are not used.
  for (const name of ["leaflet.js", "leaflet.css"]) {
    const text = await readFile(join(dist, name), "utf8");
    const kept = text.replace(/\n?\/\/# sourceMappingURL=.*/, "").replace(/[^{}]*\{[^{}]*url\((?!#)[^{}]*\}/g, name.endsWith(".css") ? "" : "$&");
    await writeFile(join(out, name), kept);
  }
}

// Static files are kept by browsers for a year, so what the two entry files load by themselves is named with its fingerprint;
// the pages do the same for the entry files.
async function fingerprints(out) {
  for (const entry of ["site.css", "site.js", "portal.js"]) {
    let text = await readFile(join(out, entry), "utf8");
    for (const path of new Set(text.match(/\.\/[\w/.-]+\.(?:js|svg|woff2)/g))) {
      const digest = createHash("sha256").update(await readFile(join(out, path))).digest("hex").slice(0, 12);
      text = text.replaceAll(path, `${path}?v=${digest}`);
    }
    await writeFile(join(out, entry), text);
  }
}

// Compressed once and as well as can be; the server sends the copy that the browser reads.
async function compressed(out) {
  for (const name of await readdir(out, { recursive: true })) {
    if (!/\.(css|js|json|svg)$/.test(name)) continue;
    const text = await readFile(join(out, name));
    await writeFile(join(out, `${name}.br`), brotliCompressSync(text));
    await writeFile(join(out, `${name}.gz`), gzipSync(text, { level: 9 }));
  }
}

async function copy(from, to) {
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to);
}

// A running server must never see half a build: the folder is made beside the old one and put in its place.
async function buildStatic() {
  await mkdir(dirname(staticBuild), { recursive: true });
  const room = await mkdtemp(`${staticBuild}-`);
  const [fresh, old] = [join(room, "new"), join(room, "old")];
  await mkdir(fresh);
  for (const step of [styles, fonts, icons, scripts, leaflet, grounds, fingerprints, compressed]) await step(fresh);
  if (existsSync(staticBuild)) await rename(staticBuild, old);
  await rename(fresh, staticBuild);
  await rm(room, { recursive: true });
}

await buildStatic();
