// The SQL workbench on the demo fleet in a real browser: write, run, cancel, save, chart, export, come back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { assertSound, assertSoundInBoth, launch, open, settled } from './browser.mjs';
import { made, startServer } from './server.mjs';

const ENDLESS = 'SELECT count() FROM numbers(1e9) AS a, numbers(1e9) AS b WHERE a.number * b.number = 7';

let server, browser;

before(async () => {
  server = await startServer();
  browser = await launch();
  await made(server.url);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

async function workbench(search = '', look = {}) {
  const opened = await open(browser, `${server.url}/demo/sql${search}`, look);
  await opened.page.locator('.cm-content').waitFor();
  return opened;
}

/** Writes a statement in place of all that is there. */
async function write(page, sql) {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(sql);
}

async function run(page, sql) {
  if (sql !== undefined) await write(page, sql);
  await page.locator('.cm-content').focus();
  await page.keyboard.press('Control+Enter');
}

const status = (page, words) => page.locator('.sql-status', { hasText: words }).waitFor({ timeout: 40_000 });

describe('the page is accessible, quiet and fits', () => {
  for (const width of [1360, 390]) {
    it(`${width} px, light and dark`, async () => {
      const { page, complaints, close } = await workbench('?p_from=2025-10-01', { width });
      await assertSoundInBoth(page, complaints);
      await page.getByRole('button', { name: /^Run/ }).click();
      await status(page, /^\d+ rows in/);
      await assertSoundInBoth(page, complaints);
      await page.getByRole('tab', { name: 'Chart' }).click();
      await page.locator('.sql-chart svg[role=img]').waitFor();
      await assertSoundInBoth(page, complaints);
      await page.getByRole('tab', { name: 'Plan and cost' }).click();
      await page.getByText(/rows would be read/).waitFor();
      await assertSoundInBoth(page, complaints);
      await close();
    });
  }
});

it('runs what is at the cursor, shows exact numbers, and keeps old rows while a new statement fails', async () => {
  const { page, complaints, close } = await workbench();
  await run(page, "SELECT 1; SELECT toUInt64(18446744073709551615) AS big, NULL AS none, '' AS nothing");
  await status(page, /^1 row in/);
  assert.deepEqual(await page.getByRole('gridcell').allInnerTexts(), ['18446744073709551615', 'NULL', '']);
  await run(page, 'SELECT\n  nope FROM changes');
  await status(page, /Unknown expression identifier/);
  assert.equal(await page.locator('.cm-lint-marker-error').count(), 1);
  assert.match(await page.innerText('#sql-panel'), /Rows of the run before/);
  await run(page, 'SELECT 1,\n  FORM x y z');
  await status(page, /^Line 2, column 10: Syntax error/);
  assert.deepEqual(complaints, []);
  await close();
});

it('cancels in the database, and says so', async () => {
  const { page, complaints, close } = await workbench();
  const icon = () => page.getAttribute('link[rel~=icon]', 'href');
  const usual = await icon();
  await run(page, ENDLESS);
  await status(page, /^Reading: /);
  assert.notEqual(await icon(), usual);
  const begun = Date.now();
  await page.keyboard.press('Escape');
  await status(page, 'Cancelled; nothing of it runs on in the database.');
  assert.ok(Date.now() - begun < 5_000);
  assert.equal(await icon(), usual);
  assert.deepEqual(complaints, []);
  await close();
});

it('says that rows are cut, and refuses to draw them unless told to', async () => {
  const { page, complaints, close } = await workbench();
  await run(page, 'SELECT number, number * 2 AS twice FROM numbers(25000)');
  await status(page, /^First 10.000 of more rows/);
  await page.getByRole('tab', { name: 'Chart' }).click();
  await page.getByText('These are only the first').waitFor();
  await page.getByRole('button', { name: /all the same/ }).click();
  await page.locator('.sql-chart svg').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Get all as CSV' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^baserate-sql-\w+-complete\.csv$/);
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\n');
  assert.equal(lines.filter((line) => !line.startsWith('#')).length, 25_001);
  const [parquet] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Parquet' }).click(),
  ]);
  const file = readFileSync(await parquet.path());
  assert.equal(file.subarray(0, 4).toString() + file.subarray(-4).toString(), 'PAR1PAR1');
  assert.deepEqual(complaints, []);
  await close();
});

it('runs what the editor holds, also what the page has not drawn yet', async () => {
  const { page, complaints, close } = await workbench();
  await run(page, 'SELECT 1 AS old');
  await status(page, /^1 row in/);
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.locator('.cm-content').evaluate((content) => {
    const typed = { inputType: 'insertText', data: 'SELECT 2 AS new', bubbles: true, cancelable: true };
    content.dispatchEvent(new InputEvent('beforeinput', typed));
    content.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }),
    );
  });
  await page.getByRole('columnheader', { name: /new/ }).waitFor();
  assert.equal(await page.getByRole('gridcell').innerText(), '2');
  assert.deepEqual(complaints, []);
  await close();
});

it('keeps the draft over a reload, and what the address brings is not run by itself', async () => {
  const { page, complaints, close } = await workbench();
  await write(page, 'SELECT 42 AS kept');
  await page.reload();
  await page.locator('.cm-content').waitFor();
  assert.equal((await page.innerText('.cm-content')).trim(), 'SELECT 42 AS kept');
  await page.goto(`${server.url}/demo/sql?sql=${encodeURIComponent('SELECT {n:UInt8} + 1 AS more')}&p_n=41`);
  await page.locator('.cm-content').waitFor();
  await settled(page);
  assert.match(await page.innerText('.cm-content'), /more/);
  assert.equal(await page.getByRole('gridcell').count(), 0);
  await run(page);
  await status(page, /^1 row in/);
  assert.equal(await page.getByRole('gridcell').innerText(), '42');
  await page.getByLabel('n', { exact: true }).fill('');
  await run(page);
  await status(page, 'Give n a value first.');
  await page.goto(`${server.url}/demo/sql`);
  await page.locator('.cm-content').waitFor();
  assert.equal((await page.innerText('.cm-content')).trim(), 'SELECT 42 AS kept');
  assert.deepEqual(complaints, []);
  await close();
});

it('saves a query under an address, finds it in the history, and takes it away', async () => {
  const { page, complaints, close } = await workbench();
  await run(page, 'SELECT repo, count() AS changes FROM changes GROUP BY repo ORDER BY changes DESC LIMIT 5');
  await status(page, /^5 rows in/);
  await page.locator('.sql-past button', { hasText: 'SELECT repo, count()' }).first().waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByPlaceholder('Name').fill('Busiest repositories');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/demo/sql/q/busiest-repositories');
  await page.getByRole('heading', { name: /^Busiest repositories saved$/ }).waitFor();
  await assertSound(page, complaints);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.waitForURL('**/demo/sql');
  assert.equal(await page.getByRole('link', { name: 'Busiest repositories' }).count(), 0);
  assert.deepEqual(complaints, []);
  await close();
});

it('refuses what is hostile, with an error', async () => {
  const { page, complaints, close } = await workbench();
  for (const [sql, words] of [
    ['SELECT * FROM baserate_store.commits', /Not enough privileges/],
    ['DROP VIEW changes', /Not enough privileges|readonly/],
    ["SELECT file('/etc/passwd')", /not available here/],
    ['SELECT 1 SETTINGS readonly = DEFAULT', /would lift its limit/],
    ['SELECT groupArray(number) FROM numbers(1000000000)', /memory limit/i],
  ]) {
    await run(page, sql);
    await page.locator('.sql-status.failed', { hasText: words }).waitFor({ timeout: 40_000 });
  }
  assert.deepEqual(
    complaints.filter((line) => !/status of 400/.test(line)), // the browser logs every answer that is an error
    [],
  );
  await close();
});

it('is worked by keyboard: completion, tabs, and cells that are copied', async () => {
  const { page, complaints, close } = await workbench();
  await write(page, '');
  await page.keyboard.type('SELECT quantileTD');
  await page.locator('.cm-tooltip-autocomplete li', { hasText: 'quantileTDigest' }).first().waitFor();
  await sleep(150); // a completion that has just come is not taken at once
  await page.keyboard.press('Enter');
  assert.match(await page.innerText('.cm-content'), /^SELECT quantileTDigest\w*\(/);
  await run(page, "SELECT number, 'x' AS x FROM numbers(100)");
  await status(page, /^100 rows in/);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Control+c');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '98\tx\n99\tx');
  await page.getByRole('tab', { name: 'Rows' }).focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.getByRole('tab', { name: 'Chart' }).getAttribute('aria-selected'), 'true');
  assert.deepEqual(complaints, []);
  await close();
});
