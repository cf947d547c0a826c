// make emulator: a GitHub with a small history, to try the collectors on. emulator.mjs [--port N]
import { start } from './github.mjs';
import { make, organisation, reader, repositories, seed } from './history.mjs';
import { serve } from './pipe.mjs';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { port: { type: 'string' }, pipe: { type: 'boolean' } } });
const url = await start(seed, values.port && Number(values.port)).catch((error) => {
  console.error(`emulator: ${error.message}`);
  process.exit(1);
});
const made = await make(url);
if (values.pipe) {
  await serve({ url, ...made }, () => ({}));
}
console.log(`${organisation} (${repositories.join(', ')}) is at ${url}: ${made.pulls} pull requests, ${made.merged} of them merged, ` +
  `${made.reviews} reviews, ${made.incidents} incidents. Ctrl-C ends it.

  GITHUB_URL=${url} GITHUB_TOKEN=${reader}`);
