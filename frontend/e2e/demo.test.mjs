// The demo fleet beside another, in a real browser: while it is being made, and when it is there.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { assertSound, launch, open, settled } from './browser.mjs';
import { startServer } from './server.mjs';

const CLAIMS = 14;

let server, browser, begun;

before(async () => {
  begun = Date.now();
  server = await startServer();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

it('says how far it is, and shows the page by itself when it is there', async (t) => {
  const { page, complaints, close } = await open(browser, `${server.url}/demo/claims`);
  if (await fleet().then(({ making }) => making)) {
    assert.match(await page.innerText('h1'), /^The demo fleet is being made/);
    await assertSound(page, complaints);
  }
  await page
    .getByRole('heading', { name: 'What was claimed, and what the data say' })
    .waitFor({ timeout: 240_000 });
  t.diagnostic(`there ${((Date.now() - begun) / 1000).toFixed(0)} s after the start of the test`);
  await settled(page);
  assert.equal(await page.locator('.claims tbody tr').count(), CLAIMS);
  assert.equal(await page.getByText('To connect').count(), 0);
  await assertSound(page, complaints);
  await close();
});

describe('the switch', () => {
  it('leads to the same page of the other fleet and back, and links stay within a fleet', async () => {
    await made();
    const { page, complaints, close } = await open(browser, `${server.url}/claims/share`);
    const mine = await page.innerText('h1');
    await page.getByRole('link', { name: 'Demo fleet (simulated)' }).click();
    await page.waitForURL('**/demo/claims/share');
    await settled(page);
    assert.notEqual(await page.innerText('h1'), mine);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Changes' }).click();
    await page.waitForURL('**/demo/changes');
    await settled(page);
    const total = Number(await page.getAttribute('h1', 'data-total'));
    assert.ok(total > 10_000, `${total} changes`);
    const csv = await page.getByRole('link', { name: /^CSV/ }).getAttribute('href');
    assert.equal(csv, '/demo/api/v1/changes.csv');
    await page.getByRole('link', { name: 'This repository' }).click();
    await page.waitForURL((url) => url.pathname === '/changes');
    await settled(page);
    assert.ok(Number(await page.getAttribute('h1', 'data-total')) < 10_000);
    assert.deepEqual(complaints, []);
    await close();
  });
});

it('the definitions are a page too', async () => {
  const { page, complaints, close } = await open(browser, `${server.url}/docs/claims`);
  assert.ok((await page.locator('h2').count()) >= CLAIMS);
  await assertSound(page, complaints);
  await close();
});

async function fleet() {
  return (await fetch(`${server.url}/demo/api/v1/fleet`)).json();
}

async function made() {
  while ((await fleet()).making) await sleep(500);
}
