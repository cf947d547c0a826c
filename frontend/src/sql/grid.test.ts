import { describe, expect, it } from 'vitest';

import { choose, points } from './chart';
import { bare, isNumber, shortType, shown, tsv, widths, type Column } from './grid';
import { moved } from './Grid';
import type { Result } from './run';

describe('types', () => {
  it.each([
    ['LowCardinality(Nullable(String))', 'String', false],
    ['Nullable(UInt64)', 'UInt64', true],
    ['Decimal(18, 2)', 'Decimal(18, 2)', true],
    ['Array(UInt8)', 'Array(UInt8)', false],
  ])('%s', (type, want, number) => {
    expect(bare(type)).toBe(want);
    expect(isNumber(type)).toBe(number);
  });
  it('are short', () => {
    expect(shortType("Enum8('human' = 1, 'bot' = 2)")).toBe('Enum8');
    expect(shortType("DateTime64(0, 'UTC')")).toBe('DateTime64(0)');
  });
});

describe('cells', () => {
  it('tell NULL from nothing', () => {
    expect(shown(null)).toBe('NULL');
    expect(shown('')).toBe('');
    expect(shown(false)).toBe('false');
  });
  it('are copied for a spreadsheet, whichever way they were selected', () => {
    const rows = [
      ['a\tb', '18446744073709551615'],
      [null, 'c\nd'],
    ];
    const want = 'a b\t18446744073709551615\nNULL\tc d';
    expect(tsv(rows, { row: 0, col: 0, toRow: 1, toCol: 1 })).toBe(want);
    expect(tsv(rows, { row: 1, col: 1, toRow: 0, toCol: 0 })).toBe(want);
  });
  it('have room', () =>
    expect(widths([{ name: 'n', type: 'UInt8' }], [['x'.repeat(100)], [null]])).toEqual([48]));
});

describe('keys', () => {
  const at = { row: 1, col: 1, toRow: 1, toCol: 1 };
  const press = (key: string, more = {}) =>
    moved(at, { key, shiftKey: false, ctrlKey: false, metaKey: false, ...more }, 3, 2);
  it('move within the rows', () => {
    expect(press('ArrowDown')).toMatchObject({ row: 2, toRow: 2 });
    expect(press('PageDown')).toMatchObject({ row: 2 });
    expect(press('ArrowRight')).toMatchObject({ col: 1 });
    expect(press('Home', { ctrlKey: true })).toMatchObject({ row: 0, col: 0 });
    expect(press('x')).toBeUndefined();
  });
  it('select with shift, and all', () => {
    expect(press('ArrowUp', { shiftKey: true })).toEqual({ row: 1, col: 1, toRow: 0, toCol: 1 });
    expect(press('a', { ctrlKey: true })).toEqual({ row: 0, col: 0, toRow: 2, toCol: 1 });
  });
});

describe('charts', () => {
  const column = (name: string, type: string): Column => ({ name, type });
  const month = column('month', 'Date');
  const group = column('class', 'LowCardinality(String)');
  const count = column('n', 'UInt64');
  const part = column('pct', 'Float64');
  it('choose time across, the last number up, and one line for each group', () => {
    expect(choose([month, group, count, part])).toEqual({ x: 0, y: 3, series: 1 });
    expect(choose([group, count])).toEqual({ x: 0, y: 1, series: -1 });
    expect(choose([count, part])).toEqual({ x: 0, y: 1, series: -1 });
    expect(choose([group])).toBeUndefined();
    expect(choose([count])).toBeUndefined();
  });
  it('leave out what is no number, and count it', () => {
    const result = {
      columns: [month, group, part],
      rows: [
        ['2026-01-01', 'a', 1.5],
        ['2026-02-01', 'b', 'nan'],
        [null, 'b', 1],
        ['2026-03-01', 'b', null],
      ],
    } as unknown as Result;
    expect(points(result, { x: 0, y: 2, series: 1 })).toEqual({
      points: [{ x: new Date('2026-01-01'), y: 1.5, series: 'a' }],
      series: ['a'],
      left: 3,
    });
  });
});
