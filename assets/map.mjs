// Writes the ground of the portal's map: for each state its outline and the borders of its counties, from the
// Census Bureau's boundaries as us-atlas has them. Coordinates are rounded to about a hundred metres.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { feature, mesh } from "topojson-client";

const require = createRequire(import.meta.url);
// Numbers of the states (FIPS) and their letters, as markets name them.
const STATES = {
  "01": "AL", "02": "AK", "04": "AZ", "05": "AR", "06": "CA", "08": "CO", "09": "CT", 10: "DE", 11: "DC", 12: "FL",
  13: "GA", 15: "HI", 16: "ID", 17: "IL", 18: "IN", 19: "IA", 20: "KS", 21: "KY", 22: "LA", 23: "ME", 24: "MD",
  25: "MA", 26: "MI", 27: "MN", 28: "MS", 29: "MO", 30: "MT", 31: "NE", 32: "NV", 33: "NH", 34: "NJ", 35: "NM",
  36: "NY", 37: "NC", 38: "ND", 39: "OH", 40: "OK", 41: "OR", 42: "PA", 44: "RI", 45: "SC", 46: "SD", 47: "TN",
  48: "TX", 49: "UT", 50: "VT", 51: "VA", 53: "WA", 54: "WV", 55: "WI", 56: "WY",
};

const rounded = (value) => (typeof value === "number" ? Math.round(value * 1000) / 1000 : value.map(rounded));

function ground(atlas, fips) {
  const own = (shape) => String(shape.id).slice(0, 2) === fips;
  const counties = { type: "GeometryCollection", geometries: atlas.objects.counties.geometries.filter(own) };
  const state = atlas.objects.states.geometries.find(own);
  return {
    state: rounded(feature(atlas, state).geometry.coordinates),
    borders: rounded(mesh(atlas, counties, (one, other) => one !== other).coordinates),
  };
}

export async function grounds(out) {
  const atlas = JSON.parse(await readFile(require.resolve("us-atlas/counties-10m.json"), "utf8"));
  await mkdir(join(out, "map"));
  for (const [fips, letters] of Object.entries(STATES)) {
    await writeFile(join(out, "map", `${letters}.json`), JSON.stringify(ground(atlas, fips.padStart(2, "0"))));
  }
}
