// A GitHub without a history: the tests make one by its API. emulate.mjs SEED, as JSON. Answers {"now": MOMENT} by setting its
// clock.
import { set } from './clock.mjs';
import { start } from './github.mjs';
import { serve } from './pipe.mjs';

await serve({ url: await start(JSON.parse(process.argv[2])) }, ({ now }) => {
  set(now);
  return {};
});
