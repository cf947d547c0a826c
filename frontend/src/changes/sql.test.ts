import { expect, it } from 'vitest';

import { filterSql } from './sql';

it('says a filter as SQL with parameters', () => {
  const { sql, params } = filterSql({
    class: ['ai_agent', 'unknown'],
    outcome: 'mistake',
    from: '2026-01-01',
  })!;
  expect(sql).toContain(
    'WHERE (author_class IN {class:Array(String)})\n    AND (mature AND mistake)\n    AND (landed_at >= {from:Date})',
  );
  expect(params).toEqual({ class: "['ai_agent','unknown']", from: '2026-01-01' });
});

it('quotes what would end a text', () => {
  expect(filterSql({ repo: ["a'b\\c"] })?.params).toEqual({ repo: "['a\\'b\\\\c']" });
});

it('has no condition without a filter, and no statement for what it does not know', () => {
  expect(filterSql({})?.sql).not.toContain('WHERE');
  expect(filterSql({ outcome: 'surprise' })).toBeUndefined();
});
