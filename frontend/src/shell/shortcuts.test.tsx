import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { App } from '../App';
import { coverage, fleet } from '../testing/facts';
import { expectAccessible, serve, show } from '../testing/render';
import { turnShortcuts } from './useShortcuts';

const address = () => location.pathname + location.search;

async function at(place: string) {
  serve({
    '/api/v1/coverage': coverage({ changes: 0 }),
    '/api/v1/fleet': fleet(),
    '/api/v1/claims': { claims: [], data_to: null },
  });
  const shown = show(<App />, place);
  await screen.findByText('Data to 4 Oct 2026, 06:00 UTC');
  return shown;
}

beforeEach(() => {
  turnShortcuts(true);
  HTMLDialogElement.prototype.showModal = vi.fn(function (this: HTMLDialogElement) {
    this.open = true;
  });
});

describe('the links of the top row', () => {
  it('keep the scope from page to page, over a page that has none', async () => {
    await at('/?team=red&range=12w');
    const pages = within(screen.getByRole('navigation', { name: 'Pages' }));
    expect(pages.getAllByRole('link').map((link) => link.textContent)).toEqual([
      'Overview',
      'Mistakes',
      'Adoption',
      'Outages',
      'Reviews',
      'Permissions',
      'Teams',
      'Changes',
      'Claims',
      'SQL',
      'Data',
    ]);
    expect(pages.getByRole('link', { name: 'Mistakes' }).getAttribute('href')).toBe(
      '/mistakes?team=red&range=12w',
    );
    expect(pages.getByRole('link', { name: 'Claims' }).getAttribute('href')).toBe('/claims');
    await userEvent.click(pages.getByRole('link', { name: 'Claims' }));
    expect(address()).toBe('/claims');
    expect(pages.getByRole('link', { name: 'Overview' }).getAttribute('href')).toBe('/?team=red&range=12w');
  });
});

describe('keys', () => {
  it('lead to pages, with the scope', async () => {
    await at('/claims');
    await userEvent.keyboard('go');
    expect(address()).toBe('/');
  });

  it('move the period', async () => {
    await at('/?from=2026-03-01&to=2026-03-11');
    await userEvent.keyboard('[[');
    expect(address()).toBe('/?from=2026-02-19&to=2026-03-01');
    await userEvent.keyboard(']');
    expect(address()).toBe('/?from=2026-03-01&to=2026-03-11');
  });

  it('do nothing while something is typed, or when they are turned off', async () => {
    await at('/claims');
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    await userEvent.keyboard('go');
    expect([address(), field.value]).toEqual(['/claims', 'go']);
    field.remove();
    turnShortcuts(false);
    await userEvent.keyboard('go');
    expect(address()).toBe('/claims');
  });

  it('are listed under ?, where they can be turned off', async () => {
    const { container } = await at('/claims');
    await userEvent.keyboard('?');
    const dialog = within(screen.getByRole('dialog', { name: 'Keyboard shortcuts' }));
    expect(dialog.getByText('g m').closest('div')!.textContent).toBe('g mMistakes');
    await expectAccessible(container);
    await userEvent.click(dialog.getByRole('checkbox', { name: 'Single keys do something' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    await userEvent.keyboard('go');
    expect(address()).toBe('/claims');
  });
});
