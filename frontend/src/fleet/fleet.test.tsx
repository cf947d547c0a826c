import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { App } from '../App';
import type { Fleet } from '../api/types';
import { coverage, fleet } from '../testing/facts';
import { expectAccessible, serve, show } from '../testing/render';
import { base, sameIn } from './base';

const BOTH: Fleet['fleets'] = [
  { id: 'own', name: 'This repository', path: '/' },
  { id: 'demo', name: 'Demo fleet (simulated)', path: '/demo/' },
];

const SIMULATED: NonNullable<Fleet['simulated']> = {
  scenario: 'demo',
  seed: '1',
  changes: 60000,
  path: 'facts',
  made_at: '2026-11-23T00:00:00Z',
  line: 'Agents are given riskier work.',
  truth: {
    relative_risk: { value: 1.3, words: 'of agents' },
    relative_risk_assisted: { value: 1, words: 'of people with AI' },
  },
};

const at = (address: string) => history.replaceState(null, '', address);

afterEach(() => at('/'));

describe('the address within a fleet', () => {
  it.each([
    ['/', ''],
    ['/claims', ''],
    ['/demographics', ''],
    ['/demo', '/demo'],
    ['/demo/changes?class=human', '/demo'],
  ])('%s is below %j', (address, below) => {
    at(address);
    expect(base()).toBe(below);
  });

  it.each([
    ['/changes?class=human', '/demo/', '/demo/changes?class=human'],
    ['/demo/claims/access', '/', '/claims/access'],
    ['/demo/', '/', '/'],
    ['/', '/demo/', '/demo/'],
    ['/changes/acme%2Fapp%401', '/demo/', '/demo/changes'],
  ])('%s is in the fleet at %s %s', (address, path, same) => {
    at(address);
    expect(sameIn(path)).toBe(same);
  });
});

describe('a server with two fleets', () => {
  it('has a switch that stays on the page, and keeps its fleet in every link', async () => {
    const asked = serve({
      '/demo/api/v1/coverage': coverage(),
      '/demo/api/v1/fleet': fleet({ id: 'demo', simulated: SIMULATED, fleets: BOTH }),
    });
    const { container } = show(<App />, '/demo/data');
    const own = await screen.findByRole('link', { name: 'This repository' });
    expect(own.getAttribute('href')).toBe('/data');
    expect(screen.getByRole('link', { name: 'Demo fleet (simulated)' }).getAttribute('aria-current')).toBe(
      'true',
    );
    expect(screen.getByRole('link', { name: 'Claims' }).getAttribute('href')).toBe('/demo/claims');
    expect(screen.getByRole('link', { name: 'Data' }).getAttribute('aria-current')).toBe('page');
    const line = screen.getByRole('complementary').textContent?.replaceAll('\u202f', ' ');
    expect(line).toMatch(
      /^Simulated fleet: scenario demo, 60 000 changes. The truth: agents make 1.30 times the mistakes/,
    );
    expect(screen.getByRole('link', { name: /How often the method/ }).getAttribute('href')).toBe(
      '/docs/calibration',
    );
    await screen.findByRole('heading', { level: 1 });
    expect(asked.every((address) => address.startsWith('/demo/api/v1/'))).toBe(true);
    await expectAccessible(container);
  });
});

it('a server with one fleet has neither switch nor line', async () => {
  serve({ '/api/v1/coverage': coverage(), '/api/v1/fleet': fleet() });
  show(<App />, '/data');
  await screen.findByRole('heading', { level: 1 });
  expect(screen.queryByRole('navigation', { name: 'Fleets' })).toBeNull();
  expect(screen.queryByRole('complementary')).toBeNull();
});

describe('a fleet that is being made', () => {
  afterEach(() => void vi.useRealTimers());

  it('says how far it is, asks nothing else, and shows the page when it is there', async () => {
    vi.useFakeTimers();
    let making: Fleet['making'] = { step: 'Writing its facts', done: 430, total: 1000 };
    const asked = serve({
      '/demo/api/v1/fleet': () => fleet({ id: 'demo', making, fleets: BOTH }),
      '/demo/api/v1/coverage': coverage(),
    });
    show(<App />, '/demo/data');
    await act(() => vi.advanceTimersByTimeAsync(100));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('The demo fleet is being made: 43 %.');
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('43');
    expect(asked.every((address) => address === '/demo/api/v1/fleet')).toBe(true);

    making = { step: 'Working out what follows', done: 0, total: 0 };
    await act(() => vi.advanceTimersByTimeAsync(1_100));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('The demo fleet is being made.');
    making = null;
    await act(() => vi.advanceTimersByTimeAsync(1_500));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('What the numbers rest on');
  });

  it('and cannot be made says why', async () => {
    const making = { step: 'Stopped', done: 0, total: 0, error: 'no space left' };
    serve({ '/demo/api/v1/fleet': fleet({ id: 'demo', making, fleets: BOTH }) });
    show(<App />, '/demo/');
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe(
      'The demo fleet could not be made.',
    );
    expect(screen.getByText('no space left')).toBeTruthy();
  });
});
