// The demo fleet beside another, in a real browser: while it is being made, and when it is there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';

import { assertSound, launch, open, settled } from './browser.mjs';
import { isMaking, made, startServer } from './server.mjs';

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
  if (await isMaking(server.url)) {
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
    await made(server.url);
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

describe('a drawing', () => {
  const drawn = async () => {
    await made(server.url);
    return open(browser, `${server.url}/demo/outages`);
  };

  it('can be taken along as SVG and PNG, and the content security policy has nothing against it', async () => {
    const { page, complaints, close } = await drawn();
    const files = {};
    const figure = page.locator('section#outages');
    await figure.locator('summary').click();
    for (const kind of ['SVG', 'PNG']) {
      const saved = page.waitForEvent('download');
      await figure.getByRole('button', { name: kind, exact: true }).click();
      files[kind] = readFileSync(await (await saved).path());
    }
    assert.match(files.SVG.toString(), /^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.match(files.SVG.toString(), /stroke="(?:rgb|oklch|color)\(/); // its colours go along
    assert.equal(files.PNG.subarray(1, 4).toString(), 'PNG');
    assert.ok(files.PNG.readUInt32BE(16) > 2_000, 'two pixels for one of the page');
    assert.deepEqual(complaints, []);
    await close();
  });

  it('of time is narrowed by drawing over it, and Back returns', async () => {
    const { page, complaints, close } = await drawn();
    const ground = await page.locator('.ground-area').boundingBox();
    await page.mouse.move(ground.x + 300, ground.y + 2);
    await page.mouse.down();
    await page.mouse.move(ground.x + 500, ground.y + 4, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL(/\/outages\?from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d$/);
    await page.goBack();
    await page.waitForURL(/\/outages$/);
    assert.deepEqual(complaints, []);
    await close();
  });
});
