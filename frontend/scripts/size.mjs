// Checks what a browser loads before the first page stands: the entry script and all that it imports, gzipped.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const DIST = new URL('../dist/', import.meta.url);
const BUDGET = { js: 170_000, css: 20_000 };

const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', DIST), 'utf8'));
const loaded = { js: new Set(), css: new Set() };

function visit(key) {
  const chunk = manifest[key];
  if (loaded.js.has(chunk.file)) return;
  loaded.js.add(chunk.file);
  for (const file of chunk.css ?? []) loaded.css.add(file);
  for (const imported of chunk.imports ?? []) visit(imported);
}

Object.keys(manifest)
  .filter((key) => manifest[key].isEntry)
  .forEach(visit);

let over = false;
for (const [kind, files] of Object.entries(loaded)) {
  const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, DIST))).length, 0);
  const fits = bytes > 0 && bytes <= BUDGET[kind];
  console.log(
    `first load, ${kind}: ${kilo(bytes)} kB gz of ${kilo(BUDGET[kind])}${fits ? '' : ' - NOT WITHIN THE BUDGET'}`,
  );
  over ||= !fits;
}
process.exitCode = over ? 1 : 0;

function kilo(bytes) {
  return (bytes / 1000).toFixed(1);
}
