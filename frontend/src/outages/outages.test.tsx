import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';

import { expectAccessible, serve, show } from '../testing/render';
import { Facets } from './Facets';
import { lanes } from './lanes';
import { markOf, operates, type Outage, outageWords, unseen } from './outage';
import { OutagePage } from './OutagePage';
import type { ClassRows, ExpectedRows } from './rows';
import { Sentence } from './Sentence';
import { Timeline } from './Timeline';

function outage(facts: Partial<Outage> = {}): Outage {
  return {
    id: 'pagerduty:INC-1',
    title: 'Ledger lock',
    began: '2026-10-01T10:00:00Z',
    ended: '2026-10-01T12:00:00Z',
    severity: 1,
    minutes: 120,
    services: ['ledger'],
    cause: 'change',
    cause_type: '',
    change_id: 'o/r@abc',
    class: 'ai_agent',
    tool: 'claude-code',
    permission: 'operator',
    review_state: 'none',
    method: 'declared',
    score: 0.95,
    probable: false,
    repo: 'o/r',
    team: 'ledger',
    tier: 1,
    ...facts,
  };
}

const NO_CHANGE = {
  change_id: null,
  class: null,
  permission: null,
  review_state: null,
  score: null,
  probable: null,
};

describe('an outage', () => {
  it('is drawn by who wrote the change, or by what is known instead', () => {
    expect(markOf(outage())).toBe('ai_agent');
    expect(markOf(outage({ class: 'unknown' }))).toBe('no_ai');
    expect(markOf(outage({ ...NO_CHANGE, cause: 'unknown' }))).toBe('not_known');
    expect(markOf(outage({ ...NO_CHANGE, cause: 'elsewhere' }))).toBe('elsewhere');
  });

  it('is hollow only where it is known that nobody else looked', () => {
    expect(unseen(outage())).toBe(true);
    expect(unseen(outage({ review_state: 'not_collected' }))).toBe(false);
    expect(unseen(outage(NO_CHANGE))).toBe(false);
    expect(operates(outage({ permission: 'admin' }))).toBe(false);
  });

  it('says all that its mark shows', () => {
    expect(outageWords(outage({ probable: true, score: 0.3 }))).toBe(
      'INC-1 Ledger lock, Sev 1, 1 Oct 2026, 120 min, AI agent, not reviewed, could merge and deploy, probable link, 0.3',
    );
    expect(
      outageWords(outage({ ...NO_CHANGE, cause: 'elsewhere', cause_type: 'capacity', minutes: null })),
    ).toBe('INC-1 Ledger lock, Sev 1, 1 Oct 2026, not over, not from a change: capacity');
  });
});

describe('lanes', () => {
  it('keep marks apart, the worst severity first and no severity last', () => {
    const all = [
      outage({ severity: null }),
      outage({ severity: 2 }),
      outage({ severity: 1 }),
      outage({ severity: 1 }),
    ];
    const { lanes: drawn } = lanes(all, () => 100, 0);
    expect(drawn.map((lane) => lane.name)).toEqual(['Sev 1', 'Sev 2', 'No severity']);
    const [first, second] = drawn[0]!.marks;
    expect(Math.abs(first!.y - second!.y)).toBeGreaterThan(10);
  });

  it('are by who wrote the change, in the order of the key', () => {
    const all = [outage(), outage({ ...NO_CHANGE, cause: 'elsewhere' }), outage({ class: 'human' })];
    expect(lanes(all, () => 0, 0, 'class').lanes.map((lane) => lane.name)).toEqual([
      'No AI recorded',
      'AI agent',
      'Not from a change',
    ]);
  });

  it('are by service: those struck most by their names, the others together, all outages once', () => {
    const often = Array.from({ length: 12 }, (_, i) => `s${i + 10}`).flatMap((service) => [service, service]);
    const all = [...often, 'a', 'b', ''].map((service) => outage({ services: service ? [service] : [] }));
    const { lanes: drawn } = lanes(all, () => 0, 0, 'service');
    expect([drawn[0]!.name, ...drawn.slice(-2).map((lane) => lane.name)]).toEqual([
      's10',
      '2 other services',
      'Not known',
    ]);
    expect(drawn.flatMap((lane) => lane.marks)).toHaveLength(all.length);
  });
});

describe('the timeline', () => {
  const three = [
    outage({ id: 'p:3', began: '2026-10-03T00:00:00Z' }),
    outage({ id: 'p:1', began: '2026-10-01T00:00:00Z', severity: 2 }),
    outage({ id: 'p:2', began: '2026-10-02T00:00:00Z', ...NO_CHANGE, cause: 'unknown' }),
  ];

  it('has a link for every outage, and the arrow keys go through them in time', async () => {
    const { container } = show(<Timeline outages={three} />);
    const marks = screen.getAllByRole('link');
    expect(marks.map((mark) => mark.getAttribute('href')).sort()).toEqual([
      '/outages/p%3A1',
      '/outages/p%3A2',
      '/outages/p%3A3',
    ]);
    expect(marks.filter((mark) => mark.tabIndex === 0)).toHaveLength(1);
    const last = marks.find((mark) => mark.tabIndex === 0)!;
    last.focus();
    fireEvent.keyDown(last, { key: 'ArrowLeft' });
    expect(document.activeElement?.getAttribute('href')).toBe('/outages/p%3A2');
    expect(container.querySelector('.readout')?.textContent).toContain('Cause unknown');
    fireEvent.keyDown(document.activeElement!, { key: 'Home' });
    expect(document.activeElement?.getAttribute('href')).toBe('/outages/p%3A1');
    await expectAccessible(container);
  });

  it('draws a probable link faint and with a question mark', () => {
    const { container } = show(<Timeline outages={[outage({ probable: true })]} />);
    expect(container.querySelector('.probable .doubt')?.textContent).toBe('?');
    expect(container.querySelector('.ring')).not.toBeNull();
    expect(container.querySelector('.outage-mark .hollow')).not.toBeNull();
  });
});

describe('a part of the time', () => {
  const two = [outage({ id: 'p:1', began: '2026-09-07T00:00:00Z' }), outage({ id: 'p:2' })];
  const drawn = () => {
    const zoom = vi.fn();
    const { container } = show(<Timeline outages={two} from="2026-08-31" to="2026-10-26" zoom={zoom} />);
    return { zoom, container };
  };

  it('is drawn by its ends with the keyboard, and shown by Enter', async () => {
    const { zoom, container } = drawn();
    await expectAccessible(container);
    const [first, last] = screen.getAllByRole('slider');
    fireEvent.keyDown(first!, { key: 'ArrowRight' });
    fireEvent.keyDown(last!, { key: 'PageDown' });
    expect(first!.getAttribute('aria-valuetext')).toBe('7 Sep 2026');
    fireEvent.keyDown(last!, { key: 'Enter' });
    expect(zoom.mock.calls).toEqual([['2026-09-07', '2026-09-29']]);
  });

  it('is given up by Escape, and never shorter than a day', () => {
    const { zoom } = drawn();
    const [first, last] = screen.getAllByRole('slider');
    for (let i = 0; i < 30; i++) fireEvent.keyDown(first!, { key: 'ArrowRight' });
    expect(first!.getAttribute('aria-valuetext')).toBe('25 Oct 2026');
    fireEvent.keyDown(first!, { key: 'Escape' });
    fireEvent.keyDown(last!, { key: 'Enter' });
    expect(zoom).not.toHaveBeenCalled();
  });

  it('is drawn by the pointer; a click draws none', () => {
    const { zoom, container } = drawn();
    const ground = container.querySelector('.ground-area')!;
    const drag = (from: number, to: number) => {
      fireEvent.pointerDown(ground, { clientX: from, buttons: 1 });
      fireEvent.pointerMove(ground, { clientX: to, buttons: 1 });
      fireEvent.pointerUp(ground, { clientX: to });
    };
    drag(300, 302);
    expect(zoom).not.toHaveBeenCalled();
    drag(500, 300); // backwards
    expect(zoom).toHaveBeenCalledTimes(1);
    const [from, to] = zoom.mock.calls[0] as [string, string];
    expect(from < to).toBe(true);
  });
});

describe('the sentence', () => {
  const row = (written_by: string, outages: number, href = '') =>
    ({
      values: { written_by, outages, classes: [] },
      rows: href ? { outages: href } : {},
    }) as unknown as ClassRows[number];
  const expected = [
    {
      values: { outcome: 'incident', written_by: 'ai', changes: 8, of: 17, expected: 8.2, hidden: '' },
      rows: { changes: '/changes?class=ai_agent' },
    },
  ] as unknown as ExpectedRows;

  it('counts what is linked, and sets what chance would bring beside it', () => {
    show(
      <Sentence
        classes={[
          row('ai_agent', 8, '/outages?class=ai_agent'),
          row('elsewhere', 3, '/outages?cause=elsewhere'),
          row('not_known', 2),
        ]}
        expected={expected}
      />,
    );
    expect(screen.getByRole('heading').textContent).toBe(
      '13 outages; 8 linked to a change: 8 by an AI agent.',
    );
    expect(screen.getAllByRole('link', { name: '8' })[0]?.getAttribute('href')).toBe(
      '/outages?class=ai_agent',
    );
    const lede = document.querySelector('.lede')?.textContent;
    expect(lede).toContain(
      '3 outages came from capacity, a dependency or hardware; of 2 outages the cause is not known.',
    );
    expect(screen.getByRole('link', { name: '3 outages' }).getAttribute('href')).toBe(
      '/outages?cause=elsewhere',
    );
    expect(lede).toContain(
      'Of 17 changes whose 14 days are over and that caused one, 8 came with AI; 8.2 were to be expected',
    );
  });

  it('says when there were none', () => {
    show(<Sentence classes={[]} expected={[]} />);
    expect(screen.getByRole('heading').textContent).toContain('No outages');
  });
});

describe('the facets', () => {
  it('narrow the page by the keys of the scope', () => {
    show(
      <Facets outages={[outage(), outage({ class: 'human', severity: null })]} scope={{ range: '12w' }} />,
    );
    expect(screen.getByRole('link', { name: 'No AI recorded 1' }).getAttribute('href')).toBe(
      '/outages?class=human,unknown&range=12w',
    );
    expect(screen.getByRole('link', { name: 'No severity 1' }).getAttribute('href')).toBe(
      '/outages?severity=0&range=12w',
    );
  });

  it('tell outages from a change from the others', () => {
    show(
      <Facets
        outages={[outage(), outage({ ...NO_CHANGE, cause: 'elsewhere' })]}
        scope={{ cause: ['elsewhere'] }}
      />,
    );
    const link = screen.getByRole('link', { name: 'Capacity, a dependency or hardware 1' });
    expect(link.getAttribute('href')).toBe('/outages?cause=elsewhere');
    expect(screen.getByRole('link', { name: 'all' }).getAttribute('href')).toBe('/outages');
  });
});

describe('the page of an outage', () => {
  const candidate = {
    change_id: 'o/r@abc',
    title: 'Move the export',
    repo: 'o/r',
    author_class: 'ai_agent',
    permission: 'operator',
    review_state: 'none',
    landed_at: '2026-10-01T04:00:00Z',
    deployed_at: null,
    method: 'declared',
    score: 0.95,
    chosen: true,
    window_minutes: null,
  };

  it('tells the chain, and what a person decided', async () => {
    serve({
      '/api/v1/outages/p%3A1': {
        outage: {
          id: 'p:1',
          title: 'Ledger lock',
          severity: 1,
          began: '2026-10-01T10:00:00Z',
          ended: '2026-10-01T11:58:00Z',
          minutes: 118,
          services: ['ledger'],
          cause: 'change',
          change_id: 'o/r@abc',
          landed_at: '2026-10-01T04:00:00Z',
          deployed_at: '2026-10-01T09:49:00Z',
        },
        candidates: [
          candidate,
          { ...candidate, change_id: 'o/r@def', title: 'Another', chosen: false, decision: 'rejected' },
        ],
        statements: [],
      },
    });
    const { container } = show(<OutagePage />, '/outages/p%3A1');
    expect(await screen.findByRole('heading', { level: 1, name: 'Ledger lock' })).toBeTruthy();
    const chain = within(container.querySelector<HTMLElement>('.chain')!);
    expect(chain.getAllByRole('listitem').map((item) => item.querySelector('b,span')?.textContent)).toEqual([
      'Change landed',
      '6 h',
      'Deployed',
      '11 min',
      'Outage began',
      '118 min',
      'Ended',
    ]);
    expect(screen.getByText('Rejected by a person')).toBeTruthy();
    expect(screen.getAllByText('Could merge and deploy')).toHaveLength(2);
    await expectAccessible(container);
  });
});
