// Writes a brotli form beside every file of the pages that is worth it; the server sends it to browsers that take it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const ASSETS = fileURLToPath(new URL('../dist/assets/', import.meta.url));
const TEXTS = new Set(['.js', '.css', '.svg', '.json']);

for (const name of readdirSync(ASSETS)) {
  if (!TEXTS.has(extname(name))) continue;
  const plain = readFileSync(join(ASSETS, name));
  const packed = brotliCompressSync(plain);
  if (packed.length < 0.9 * plain.length) writeFileSync(join(ASSETS, `${name}.br`), packed);
}
