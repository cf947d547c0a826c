// Chromium, and what is asked of every page in it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { chromium } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const OF_COLOURS = ['color-contrast', 'link-in-text-block']; // the rules whose answer hangs on colours

export async function launch() {
  return chromium.launch({
    executablePath: process.env.BASERATE_CHROMIUM || '/usr/bin/chromium',
    args: FLAGS,
  });
}

/** Opens a page in a profile of its own and gathers what it complains of. */
export async function open(browser, url, { theme = 'light', width = 1360 } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  await settled(page);
  return { page, complaints, close: () => context.close() };
}

/** Waits until the page has all that it asked for. */
export async function settled(page) {
  await page.waitForFunction(
    () => document.querySelector('h1, [role=alert]') && !document.querySelector('.waiting'),
  );
  await page.evaluate(() => document.fonts.ready);
}

/** Asserts that a page can be used by all, complains of nothing and fits. */
export async function assertSound(page, complaints, rules = RULES) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE); // by the debugger, which the content security policy does not bind
  const { violations } = await page.evaluate(
    (runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] }),
    rules,
  );
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(', ')}`),
    [],
  );
  assert.deepEqual(complaints, []);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${overflow} px wider than the window`);
}

/** The same in the other theme too, which changes nothing but colours, and then back. */
export async function assertSoundInBoth(page, complaints) {
  await assertSound(page, complaints);
  const theme = await page.getAttribute('html', 'data-theme');
  await setTheme(page, theme === 'dark' ? 'light' : 'dark');
  await assertSound(page, complaints, OF_COLOURS);
  await setTheme(page, theme);
}

function setTheme(page, theme) {
  return page.evaluate((to) => (document.documentElement.dataset.theme = to), theme);
}
