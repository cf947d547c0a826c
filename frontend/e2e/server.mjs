// The server under test: the one at BASERATE_URL, or one of our own on a history made for it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { makeHistory } from './history.mjs';

const BINARY = process.env.BASERATE_BINARY || fileURLToPath(new URL('../../bin/baserate', import.meta.url));

/** Returns the server's address and how to stop it, once it has collected what it was given; the demo fleet may still be made. */
export async function startServer() {
  const given = process.env.BASERATE_URL;
  if (given) return { url: given.replace(/\/$/, ''), stop: async () => {} };

  const dir = mkdtempSync(join(tmpdir(), 'baserate-e2e-'));
  const repo = join(dir, 'acme', 'app');
  mkdirSync(repo, { recursive: true });
  makeHistory(repo);
  const child = spawn(
    BINARY,
    ['serve', '--demo', '--data', join(dir, 'data'), '--addr', '127.0.0.1:0', repo],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const url = await address(child);
    await collected(url);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Whether the demo fleet is still being made. */
export async function isMaking(url) {
  return (await (await fetch(`${url}/demo/api/v1/fleet`)).json()).making;
}

/** Waits until the demo fleet is there. */
export async function made(url) {
  while (await isMaking(url)) await sleep(500);
}

/** The address that serve prints when it listens. */
async function address(child) {
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`${BINARY} serve ended with ${code} before it listened`);
  });
  const said = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      const found = /listening on (http:\/\/\S+)/.exec(line);
      if (found) {
        child.stdout.resume(); // what it says later is not read, but must not block it
        return found[1].replace(/\/$/, '');
      }
    }
    throw new Error(`${BINARY} serve closed its output before it listened`);
  })();
  return Promise.race([said, gone]);
}

async function collected(url) {
  for (let tries = 0; tries < 300; tries++) {
    const response = await fetch(`${url}/api/v1/coverage`);
    if (response.ok) {
      const { running, changes, sources } = await response.json();
      const failed = sources.filter((source) => source.status === 'failed');
      if (failed.length > 0) throw new Error(`not collected: ${JSON.stringify(failed)}`);
      if (running.length === 0 && changes > 0) return;
    }
    await sleep(200);
  }
  throw new Error('nothing was collected within a minute');
}
