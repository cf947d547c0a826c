// Checks what a browser loads before the first page stands: the entry script and all that it imports, gzipped.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const DIST = new URL('../dist/', import.meta.url);
const BUDGET = { js: 170_000, css: 20_000 };
const SQL = { page: 'src/sql/SqlPage.tsx', js: 190_000 };

const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', DIST), 'utf8'));
const loaded = { js: new Set(), css: new Set() };

function visit(key) {
  const chunk = manifest[key];
  if (loaded.js.has(chunk.file)) return;
  loaded.js.add(chunk.file);
  for (const file of chunk.css ?? []) loaded.css.add(file);
  for (const imported of chunk.imports ?? []) visit(imported);
}

const gz = (files) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, DIST))).length, 0);

let over = false;
function hold(what, bytes, budget) {
  const fits = bytes > 0 && bytes <= budget;
  console.log(`${what}: ${kilo(bytes)} kB gz of ${kilo(budget)}${fits ? '' : ' - NOT WITHIN THE BUDGET'}`);
  over ||= !fits;
}

Object.keys(manifest)
  .filter((key) => manifest[key].isEntry)
  .forEach(visit);
for (const kind of Object.keys(loaded)) hold(`first load, ${kind}`, gz(loaded[kind]), BUDGET[kind]);

// What the SQL page adds to that before a chart is asked for.
const first = new Set(loaded.js);
visit(SQL.page);
hold('SQL page, js beside the first load', gz([...loaded.js].filter((file) => !first.has(file))), SQL.js);
process.exitCode = over ? 1 : 0;

function kilo(bytes) {
  return (bytes / 1000).toFixed(1);
}
