import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { change, changeList } from '../testing/facts';
import { expectAccessible, Refusal, serve, show } from '../testing/render';
import { ChangesPage } from './ChangesPage';

const FIRST = change();
const SECOND = change({
  change_id: 'acme/app@11',
  title: 'Second',
  tool: '',
  author_class: 'unknown',
  size_lines: null,
  files: null,
});

function pages(url: URL) {
  return url.searchParams.has('cursor') ? changeList([SECOND], 2) : changeList([FIRST], 2, 'abc');
}

describe('the list', () => {
  it('has the filter as its heading, the API query as its address, and the same query as CSV', async () => {
    const asked = serve({ '/api/v1/changes': pages });
    show(<ChangesPage />, '/changes?mature=true&class=unknown,human&utm=x');
    const heading = await screen.findByRole('heading', { name: '2 changes No AI recorded · 14 days over' });
    expect(heading.dataset.total).toBe('2');
    expect(asked).toEqual(['/api/v1/changes?class=human,unknown&mature=true&limit=50']);
    expect(screen.getByRole('link', { name: 'CSV, all 2' }).getAttribute('href')).toBe(
      '/api/v1/changes.csv?class=human,unknown&mature=true',
    );
  });

  it('goes on from the cursor', async () => {
    const asked = serve({ '/api/v1/changes': pages });
    show(<ChangesPage />, '/changes');
    await screen.findByText('1 of 2 shown');
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    await screen.findByText('2 of 2 shown');
    expect(asked.at(-1)).toBe('/api/v1/changes?limit=50&cursor=abc');
    expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull();
  });

  it('writes a dash where lines or files are not known', async () => {
    serve({ '/api/v1/changes': changeList([SECOND]) });
    show(<ChangesPage />, '/changes');
    const cells = within(await screen.findByRole('row', { name: /Second/ })).getAllByRole('cell');
    expect(cells.map((cell) => cell.textContent)).toEqual([
      '1 Oct 2026',
      'Unknown',
      'Not reviewed',
      '–',
      '–',
      '–',
      'None seen',
    ]);
  });

  it('is accessible', async () => {
    serve({ '/api/v1/changes': pages });
    const { container } = show(<ChangesPage />, '/changes?class=ai_agent');
    await screen.findByText('1 of 2 shown');
    await expectAccessible(container);
  });
});

describe('the filter', () => {
  it('loses a part by its chip', async () => {
    serve({ '/api/v1/changes': pages });
    show(<ChangesPage />, '/changes?class=ai_agent&outcome=mistake');
    await userEvent.click(await screen.findByRole('link', { name: 'Remove Outcome: Any mistake' }));
    expect(location.pathname + location.search).toBe('/changes?class=ai_agent');
  });

  it('is set by the form, which begins with what is set', async () => {
    serve({ '/api/v1/changes': pages });
    show(<ChangesPage />, '/changes?class=human,unknown');
    const field = screen.getByLabelText<HTMLSelectElement>('Author class');
    expect(field.selectedOptions[0]?.textContent).toBe('No AI recorded');
    await userEvent.type(screen.getByLabelText('Repositories, by comma'), 'b/b, a/a');
    await userEvent.selectOptions(screen.getByLabelText('Outcome'), 'Any mistake');
    await userEvent.click(screen.getByRole('button', { name: 'Apply' }));
    expect(location.search).toBe('?repo=a/a,b/b&class=human,unknown&outcome=mistake');
  });

  it('that matches nothing says so', async () => {
    serve({ '/api/v1/changes': changeList([]) });
    show(<ChangesPage />, '/changes?from=1990-01-01&to=1990-01-02');
    expect(await screen.findByText(/No change matches/)).toBeTruthy();
  });

  it('that the server refuses is explained, and not asked again', async () => {
    const problem = {
      type: 'about:blank',
      title: 'A parameter is not as the contract has it',
      status: 400,
      code: 'invalid_parameter',
      field: 'class',
      detail: 'robot is not an author class',
    };
    serve({ '/api/v1/changes': new Refusal(400, problem) });
    show(<ChangesPage />, '/changes?class=robot');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('class: robot is not an author class');
    expect(within(alert).queryByRole('button')).toBeNull();
    expect(screen.getByRole('link', { name: 'Remove Class: robot' })).toBeTruthy();
  });
});
