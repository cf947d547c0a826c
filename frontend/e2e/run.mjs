// Runs the browser tests against one server of their own, or against the one at BASERATE_URL: the demo fleet is made once
// for all, and while that goes on the first file looks at the page that says so.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { startServer } from './server.mjs';

const { url, stop } = await startServer();
try {
  const here = import.meta.dirname;
  const files = readdirSync(here).filter((name) => name.endsWith('.test.mjs'));
  const tests = spawn(
    process.execPath,
    ['--test', '--test-concurrency=2', '--test-reporter=spec', ...files.map((name) => join(here, name))],
    { stdio: 'inherit', env: { ...process.env, BASERATE_URL: url } },
  );
  const [code] = await once(tests, 'exit');
  process.exitCode = code ?? 1;
} finally {
  await stop();
}
