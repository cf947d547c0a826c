// emulate, a stateful GitHub REST API of Vercel's, on this machine alone.
import { once } from 'node:events';
import { createServer } from 'node:net';
import './clock.mjs'; // before the emulator: it takes the clock that it finds
import { createEmulator } from 'emulate';

// start starts an empty GitHub with what the seed says; on a free port when it names none. Its address is written out, since
// the links in its answers lead there, and a token is sent to one address only.
export async function start(seed, port) {
  port = await free(port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  await createEmulator({ service: 'github', port, baseUrl: url, seed });
  return url;
}

async function free(port) {
  const taken = createServer().listen(port, '127.0.0.1');
  await once(taken, 'listening'); // or its error: something else has the port
  port = taken.address().port;
  await new Promise((closed) => taken.close(closed));
  return port;
}
