import { describe, expect, it } from 'vitest';

import { nameOf, paramsOf, slugOf, statements, toRun } from './statements';

const texts = (text: string) => statements(text).map(({ from, to }) => text.slice(from, to));

describe('statements', () => {
  it.each([
    ['SELECT 1', ['SELECT 1']],
    ['SELECT 1; SELECT 2;', ['SELECT 1', 'SELECT 2']],
    ["SELECT ';' -- ; no\n, `a;b`; SELECT 2", ["SELECT ';' -- ; no\n, `a;b`", 'SELECT 2']],
    [String.raw`SELECT 'it\'s; one', 'two''; '; x`, [String.raw`SELECT 'it\'s; one', 'two''; '`, 'x']],
    ['SELECT $x$ ; $x$; SELECT 2', ['SELECT $x$ ; $x$', 'SELECT 2']],
    ['-- first\n\nSELECT 1 /* ; */ ;; # last', ['SELECT 1']],
    ["SELECT 'open ; to the end", ["SELECT 'open ; to the end"]],
    [' \n', []],
  ])('%j', (text, want) => expect(texts(text)).toEqual(want));
});

describe('what is run', () => {
  const text = 'SELECT 1;\n\nSELECT 2;\n';
  const at = (from: number, to = from) => {
    const span = toRun(text, { from, to });
    return text.slice(span.from, span.to);
  };
  it('is the selection', () => expect(at(0, 6)).toBe('SELECT'));
  it.each([
    [0, 'SELECT 1'],
    [8, 'SELECT 1'],
    [10, 'SELECT 1'],
    [11, 'SELECT 2'],
    [21, 'SELECT 2'],
  ])('at %i is the statement at the cursor or before it', (cursor, want) => expect(at(cursor)).toBe(want));
  it('is the first statement before any', () =>
    expect(toRun('\n\n SELECT 1', { from: 0, to: 0 })).toEqual({ from: 3, to: 11 }));
  it('is everything where there is nothing', () =>
    expect(toRun('-- only', { from: 0, to: 0 })).toEqual({ from: 0, to: 7 }));
});

describe('parameters', () => {
  it('are found once each, outside strings and comments', () =>
    expect(
      paramsOf(
        "SELECT {from:Date}, { to : Nullable(DateTime64(3, 'UTC')) }, {from:Date}, '{no:Date}' -- {nor:Date}",
      ),
    ).toEqual([
      { name: 'from', type: 'Date' },
      { name: 'to', type: 'Nullable(DateTime64(3,  ))' },
    ]));
  it('are not maps', () => expect(paramsOf("SELECT {'a': 1}, map('b', 2)")).toEqual([]));
});

describe('names', () => {
  it.each([
    ['-- why\nSELECT  a,\n b', 'SELECT a,'],
    ['  -- only a comment', '-- only a comment'],
  ])('of %j', (sql, want) => expect(nameOf(sql)).toBe(want));
  it.each([
    ['Mistake rate by week', 'mistake-rate-by-week'],
    ['  Überfällig: 3 % ', 'uberfallig-3'],
    ['漢字', ''],
  ])('slug of %j', (name, want) => expect(slugOf(name)).toBe(want));
});
