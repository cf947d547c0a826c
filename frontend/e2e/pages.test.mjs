// The pages in a real browser, on the real server.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { assertSound, assertSoundInBoth, launch, open, settled } from './browser.mjs';
import { startServer } from './server.mjs';

let server, browser, change;

before(async () => {
  server = await startServer();
  browser = await launch();
  const { items } = await (await fetch(`${server.url}/api/v1/changes?limit=1&outcome=reverted`)).json();
  change = `/changes/${encodeURIComponent(items[0].change_id)}`;
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const PAGES = {
  overview: () => '/',
  claims: () => '/claims',
  'one claim': () => '/claims/mistakes',
  changes: () => '/changes?class=human,unknown&mature=true',
  adoption: () => '/adoption',
  outages: () => '/outages',
  permissions: () => '/permissions',
  reviews: () => '/reviews',
  'a claim without its facts': () => '/claims/limited',
  'one change': () => change,
  'no change matches': () => '/changes?from=1990-01-01&to=1990-01-02',
  data: () => '/data',
  'no such page': () => '/nowhere',
};

describe('every page is accessible, quiet and fits', () => {
  for (const [name, path] of Object.entries(PAGES)) {
    for (const width of [1360, 390]) {
      it(`${name}, ${width} px, light and dark`, async () => {
        const { page, complaints, close } = await open(browser, server.url + path(), { width });
        assert.equal(await page.locator('h1:visible').count(), 1);
        assert.doesNotMatch(await page.innerText('main'), /\b(NaN|undefined|null|Infinity)\b/);
        await assertSoundInBoth(page, complaints);
        await close();
      });
    }
  }

  for (const theme of ['light', 'dark']) {
    it(`the theme is what the reader's system prefers: ${theme}`, async () => {
      const { page, complaints, close } = await open(browser, server.url, { theme });
      assert.equal(await page.getAttribute('html', 'data-theme'), theme);
      await assertSound(page, complaints);
      await close();
    });
  }

  it('overview with all its tables and notes open, both widths', async () => {
    for (const width of [1360, 390]) {
      const { page, complaints, close } = await open(browser, server.url, { width });
      await openAll(page);
      await assertSound(page, complaints);
      await close();
    }
  });

  it('the filter form', async () => {
    const { page, complaints, close } = await open(browser, `${server.url}/changes`, { width: 390 });
    await page.getByText('Filter', { exact: true }).click();
    await assertSound(page, complaints);
    await close();
  });
});

describe('overview', () => {
  it('answers in a sentence, and shows the comparisons as a table', async () => {
    const { page, close } = await open(browser, server.url);
    const { claims } = await (await fetch(`${server.url}/api/v1/claims`)).json();
    const { answer } = claims.find((claim) => claim.id === 'mistakes');
    assert.equal(await page.textContent('h1'), answer.sentence);
    const rows = page.locator('.forest tbody tr:not(.group):not(.adjustment)');
    assert.equal(await rows.count(), answer.comparisons.length);
    for (const [i, comparison] of answer.comparisons.entries()) {
      assert.ok(await rows.nth(i).isVisible());
      assert.match(await rows.nth(i).locator('.verdict').innerText(), new RegExp(comparison.word));
    }
    await close();
  });

  it('never says NaN, undefined or null', async () => {
    const { page, close } = await open(browser, server.url);
    await openAll(page);
    assert.doesNotMatch(await page.innerText('body'), /\b(NaN|undefined|null|Infinity)\b/);
    await close();
  });
});

it('every number of the overview leads to as many changes, on the page and as CSV', async (t) => {
  const { page, complaints, close } = await open(browser, server.url);
  const clicked = await numbers(page);
  for (const [href, count] of clicked) {
    await page.locator(`a[data-count][href="${href}"]`).first().click();
    const heading = page.locator('h1[data-total]');
    await heading.waitFor();
    assert.equal(
      await heading.getAttribute('data-total'),
      count,
      `the number on the overview and the total at ${href}`,
    );
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, href);
    await page.goBack();
    await settled(page);
  }

  await openAll(page);
  const all = await numbers(page);
  assert.ok(
    clicked.size >= 15 && all.size > clicked.size,
    `${clicked.size} and ${all.size} numbers: there should be more`,
  );
  for (const [href, count] of all) {
    assert.equal(await listTotal(href), Number(count), `total of ${href}`);
    assert.equal(await csvRows(href), Number(count), `CSV lines of ${href}`);
  }
  assert.deepEqual(complaints, []);
  t.diagnostic(`${all.size} different numbers followed, ${clicked.size} of them by clicking`);
  await close();
});

describe('changes', () => {
  it('loads more until all are shown', async () => {
    const { page, close } = await open(browser, `${server.url}/changes?class=unknown`);
    const total = Number(await page.getAttribute('h1', 'data-total'));
    const rows = page.locator('.changes tbody tr');
    for (let shown = await rows.count(); shown < Math.min(total, 200); shown = await rows.count()) {
      await page.getByRole('button', { name: 'Load more' }).click();
      await rows.nth(shown).waitFor();
    }
    assert.equal(
      await rows.count(),
      new Set(await page.locator('.changes tbody a').evaluateAll((all) => all.map((a) => a.href))).size,
    );
    await close();
  });

  it('takes a filter off by its chip, and back again', async () => {
    const { page, close } = await open(browser, `${server.url}/changes?class=ai_agent&mature=true`);
    await page.getByRole('link', { name: 'Remove Class: AI agent' }).click();
    await page.waitForURL('**/changes?mature=true');
    await page.goBack();
    await page.waitForURL('**/changes?class=ai_agent&mature=true');
    await close();
  });

  it('sets a filter by the form', async () => {
    const { page, close } = await open(browser, `${server.url}/changes`);
    await page.getByText('Filter', { exact: true }).click();
    await page.getByLabel('Author class').selectOption('AI agent');
    await page.getByLabel('Outcome').selectOption('Reverted within 14 days');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL('**/changes?class=ai_agent&outcome=reverted_14d');
    await close();
  });

  it('shows what the server says to a filter that it does not know', async () => {
    const { page, close } = await open(browser, `${server.url}/changes?class=robot`);
    const alert = page.getByRole('alert');
    await alert.waitFor();
    assert.match(await alert.innerText(), /class/);
    assert.equal(await alert.getByRole('button', { name: 'Try again' }).count(), 0);
    await close();
  });
});

describe('keyboard', () => {
  it('skips to the content, and changes the theme for good', async () => {
    const { page, close } = await open(browser, server.url, { theme: 'light' });
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'Skip to content');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');

    await page.getByRole('button', { name: 'Dark theme' }).focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
    assert.equal(await focused(page), 'Light');
    await page.reload();
    await settled(page);
    assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
    await close();
  });

  it('walks through the weeks of a chart', async () => {
    const { page, close } = await open(browser, server.url);
    const { items } = await (await fetch(`${server.url}/api/v1/figures/changes_weeks`)).json();
    const readout = () => page.innerText('#changes_weeks .readout');
    const resting = await readout();
    await page.locator('#changes_weeks svg.chart').focus();
    await page.keyboard.press('Home');
    assert.match(await readout(), new RegExp(items[0].values.week.slice(0, 4)));
    await page.keyboard.press('End');
    assert.match(await readout(), new RegExp(items.at(-1).values.week.slice(0, 4)));
    await page.keyboard.press('Escape');
    assert.equal(await readout(), resting);
    await close();
  });
});

describe('data', () => {
  const stream = () => fetch(`${server.url}/api/v1/coverage`).then(async (r) => (await r.json()).streams[0]);

  it('shows each scope with its age, and finds it again', async () => {
    const { page, complaints, close } = await open(browser, `${server.url}/data`);
    await page.getByRole('rowheader', { name: /acme\/app/ }).waitFor();
    assert.match(await page.getByRole('row', { name: /^history/ }).innerText(), /Whole/);
    await page.getByLabel(/^Find in/).fill('no such scope');
    await page.getByText('No scope matches.').waitFor();
    await page.getByLabel(/^Find in/).fill('ACME');
    const found = page.getByRole('region', { name: 'Table of the scopes that match' });
    await found.getByRole('rowheader', { name: /acme\/app/ }).waitFor();
    await assertSound(page, complaints);
    await close();
  });

  it('pauses a source and collects it now', async () => {
    const { page, complaints, close } = await open(browser, `${server.url}/data`, { width: 390 });
    const pause = page.getByRole('button', { name: 'Pause git' });
    await pause.click();
    await page.getByRole('cell', { name: 'paused' }).waitFor();
    assert.equal((await stream()).paused, true);
    await assertSound(page, complaints);
    await page.getByRole('button', { name: 'Run git now' }).click();
    await page.getByText(/^It (begins|is under way)\.$/).waitFor();
    await pause.click();
    await page.locator('[aria-pressed=false]', { hasText: 'Pause git' }).waitFor();
    assert.equal((await stream()).paused, false);
    await assertSound(page, complaints);
    await close();
  });
});

/** Opens every table and note, so that all numbers are there. */
async function openAll(page) {
  const button = page.getByRole('button', { name: /^(Table|Every adjustment)$/, pressed: false });
  while ((await button.count()) > 0) await button.first().click();
  await page
    .locator('details:not([open])')
    .evaluateAll((all) => all.forEach((details) => (details.open = true)));
}

/** The numbers on the page that lead to rows, by where they lead. */
async function numbers(page) {
  const links = await page
    .locator('a[data-count]')
    .evaluateAll((all) => all.map((a) => [a.getAttribute('href'), a.dataset.count]));
  const found = new Map(links);
  for (const [href, count] of links) assert.equal(found.get(href), count, `two numbers for ${href}`);
  return found;
}

async function listTotal(href) {
  const response = await fetch(server.url + href.replace('/changes', '/api/v1/changes'));
  assert.equal(response.status, 200, href);
  return (await response.json()).total;
}

async function csvRows(href) {
  const response = await fetch(server.url + href.replace('/changes', '/api/v1/changes.csv'));
  assert.equal(response.status, 200, href);
  const lines = (await response.text()).split(/\r?\n/).filter((line) => line && !line.startsWith('#'));
  return lines.length - 1; // without the header
}

function focused(page) {
  return page.evaluate(() => document.activeElement.textContent);
}
