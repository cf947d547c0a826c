import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { App } from '../App';
import { coverage, fleet } from '../testing/facts';
import { serve, show } from '../testing/render';
import { Banner } from './Banner';
import { ProgressStrip, progressWords } from './ProgressStrip';
import { chooseTheme, currentTheme } from './theme';
import { ThemeButton } from './ThemeButton';

const RUN = {
  source: 'git',
  scope: 'acme/app',
  done: 12000,
  total: 41702,
  unit: 'commits',
  per_second: 8400,
  seconds_left: 3.6,
};

describe('progressWords', () => {
  it.each([
    [RUN, '12\u202f000 of 41\u202f702 commits, 8\u202f400 a second, about 4 s left'],
    [{ ...RUN, total: 0, seconds_left: null }, '12\u202f000 commits, 8\u202f400 a second'],
    [{ ...RUN, per_second: 0, seconds_left: null }, '12\u202f000 of 41\u202f702 commits'],
    [{ ...RUN, done: 0, total: 0, unit: '', per_second: 0, seconds_left: null }, 'just begun'],
  ])('%#', (run, words) => expect(progressWords(run)).toBe(words));
});

describe('while something is collected', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks every two seconds, and every minute after it is done', async () => {
    let running = [RUN];
    const asked = serve({ '/api/v1/coverage': () => coverage({ running }) });
    show(<ProgressStrip />);
    await act(() => vi.advanceTimersByTimeAsync(100));
    expect(screen.getByRole('progressbar', { name: 'acme/app' }).getAttribute('value')).toBe('12000');
    await act(() => vi.advanceTimersByTimeAsync(6_000));
    expect(asked.length).toBe(4);

    running = [];
    await act(() => vi.advanceTimersByTimeAsync(2_000));
    expect(screen.queryByRole('progressbar')).toBeNull();
    const before = asked.length;
    await act(() => vi.advanceTimersByTimeAsync(59_000));
    expect(asked.length - before).toBeLessThanOrEqual(1);
    await act(() => vi.advanceTimersByTimeAsync(62_000));
    expect(asked.length - before).toBeGreaterThanOrEqual(1);
  });
});

describe('the banner', () => {
  it('tells the age of old data', async () => {
    serve({
      '/api/v1/coverage': coverage({ collected_at: new Date(Date.now() - 52 * 3_600_000).toISOString() }),
    });
    show(<Banner />);
    expect((await screen.findByRole('status')).textContent).toMatch(
      /^Data are 52 hours old: last collected /,
    );
  });

  it('is silent about fresh data', async () => {
    const asked = serve({ '/api/v1/coverage': coverage(), '/api/v1/fleet': fleet() });
    const { container } = show(<Banner />);
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    await act(async () => {});
    expect(container.textContent).toBe('');
  });
});

describe('the theme', () => {
  it('is changed by the button, which is named after the other one, and kept', async () => {
    chooseTheme('light');
    show(<ThemeButton />);
    await userEvent.click(screen.getByRole('button', { name: 'Dark theme' }));
    expect(currentTheme()).toBe('dark');
    expect(localStorage.getItem('theme')).toBe('dark');
    expect(screen.getByRole('button', { name: 'Light theme' })).toBeTruthy();
  });

  it('is changed even where storage is blocked', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    chooseTheme('light');
    expect(currentTheme()).toBe('light');
  });
});

describe('the shell', () => {
  it('says what the numbers rest on, and marks where one is', async () => {
    serve({ '/api/v1/coverage': coverage(), '/api/v1/fleet': fleet() });
    show(<App />, '/data');
    expect((await screen.findByText('Data to 4 Oct 2026, 06:00 UTC')).parentElement?.textContent).toContain(
      '30.0\u202f% of changes classified',
    );
    expect(screen.getByRole('link', { name: 'Data' }).getAttribute('aria-current')).toBe('page');
    expect(screen.getAllByRole('link', { current: 'page' })).toHaveLength(1);
  });

  it('has a page for addresses that lead nowhere', async () => {
    serve({ '/api/v1/coverage': coverage(), '/api/v1/fleet': fleet() });
    show(<App />, '/nowhere');
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('There is no such page.');
    expect(document.title).toBe('Not found · baserate');
  });
});
