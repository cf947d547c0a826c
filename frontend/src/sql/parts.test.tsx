import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { expectAccessible, serve, show } from '../testing/render';
import { formatAddress, openInSQL, parseAddress } from './address';
import { missing, Params } from './Params';
import { limitWords } from './PlanTab';
import { found, Schema } from './Schema';
import { pastWords } from './Shelf';
import { Status } from './Status';

const LIMITS = {
  seconds: 30,
  memory_bytes: 2 ** 31,
  result_rows: 1_000_000,
  read_rows: 0,
  shown_rows: 10_000,
};
const TABLES = [
  {
    name: 'changes',
    comment: 'One row a change.',
    columns: [
      { name: 'repo', type: 'LowCardinality(String)', comment: 'repository, owner/name' },
      { name: 'tier', type: 'UInt8', comment: 'of the repository: 1 most critical' },
    ],
  },
  { name: 'links', comment: 'Pairs.', columns: [{ name: 'score', type: 'Float32', comment: 'trust' }] },
];

describe('the address', () => {
  it('holds a text and the values of its parameters', () => {
    const address = { sql: 'SELECT {a:String} & 1', params: { a: 'x=1&y', b: '' } };
    const query = formatAddress(address);
    expect(parseAddress(query)).toEqual({ sql: address.sql, params: { a: 'x=1&y' } });
    expect(parseAddress('p_1x=1&q=2')).toEqual({ params: {} });
    expect(openInSQL('SELECT 1', { from: '2026-01-01' })).toBe('/sql?sql=SELECT+1&p_from=2026-01-01');
  });
});

describe('the views', () => {
  it('are found by their columns and by what these say', () => {
    expect(found(TABLES, 'CRITICAL').map((t) => [t.name, t.columns.length])).toEqual([['changes', 1]]);
    expect(found(TABLES, 'changes')[0]?.columns).toHaveLength(2);
    expect(found(TABLES, 'nothing')).toEqual([]);
  });

  it('are put into the statement', async () => {
    serve({ '/api/v1/sql/schema': { tables: TABLES, limits: LIMITS } });
    const inserted: string[] = [];
    const { container } = show(<Schema insert={(word) => inserted.push(word)} />);
    await userEvent.type(await screen.findByRole('searchbox'), 'trust');
    await userEvent.click(screen.getByRole('button', { name: /score/ }));
    expect(inserted).toEqual(['score']);
    expect(screen.queryByText('changes')).toBeNull();
    await expectAccessible(container);
  });
});

describe('parameters', () => {
  const params = [
    { name: 'from', type: 'Date' },
    { name: 'sure', type: 'Nullable(Bool)' },
    { name: 'repo', type: 'String' },
  ];
  it('are inputs of their types', async () => {
    const given: string[] = [];
    const { container } = show(
      <Params params={params} values={{}} change={(name, value) => given.push(`${name}=${value}`)} />,
    );
    expect(screen.getByLabelText('from').getAttribute('type')).toBe('date');
    await userEvent.selectOptions(screen.getByLabelText('sure'), 'true');
    await userEvent.type(screen.getByLabelText('repo'), 'x');
    expect(given).toEqual(['sure=true', 'repo=x']);
    await expectAccessible(container);
  });
  it('may be missing only when they are texts', () => {
    expect(missing(params, {})).toEqual(['from', 'sure']);
    expect(missing(params, { from: '2026-01-01', sure: 'false' })).toEqual([]);
  });
});

describe('words', () => {
  it('of the limits', () =>
    expect(limitWords(LIMITS)).toBe(
      'A statement may run 30 s, use 2.1 GB of memory, give 1\u202f000\u202f000 rows; 10\u202f000 rows are shown, a file has all.',
    ));
  it('of the past', () => {
    const past = {
      started_at: '2026-11-23T09:12:00Z',
      status: 'done' as const,
      progress: { elapsed_ms: 210 },
    };
    expect(pastWords(past as never, new Date('2026-11-23T12:00:00Z'))).toBe('09:12 · 0.21 s');
    expect(pastWords({ ...past, status: 'cancelled' } as never, new Date('2026-11-24T12:00:00Z'))).toBe(
      '23 Nov 2026, 09:12 · cancelled',
    );
  });
  it('of an error name its place', () => {
    show(
      <Status
        run={{
          phase: 'failed',
          error: { code: 'syntax', message: 'Syntax error', line: 2, col: 10, number: 62 },
        }}
        complete={undefined}
      />,
    );
    expect(screen.getByRole('alert').textContent).toBe('Line 2, column 10: Syntax error');
  });
});
