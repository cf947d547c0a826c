import { describe, expect, it } from 'vitest';

import { changeHref, changesHref, csvHref, formatQuery, parseFilter } from './codec';

describe('parseFilter', () => {
  it('reads every key', () => {
    const search =
      '?repo=a/b&class=ai_agent&tool=claude&kind=push&review=none&team=a&permission=operator&above_usual=true&outcome=mistake&mature=true&followed=21&instant=true&min_lines=1001&change=a/b@1&from=2026-01-02&to=2026-02-03';
    expect(parseFilter(search)).toEqual({
      repo: ['a/b'],
      class: ['ai_agent'],
      tool: ['claude'],
      kind: ['push'],
      review: ['none'],
      team: ['a'],
      permission: ['operator'],
      above_usual: 'true',
      outcome: 'mistake',
      mature: 'true',
      followed: '21',
      instant: 'true',
      min_lines: '1001',
      change: 'a/b@1',
      from: '2026-01-02',
      to: '2026-02-03',
    });
  });

  it.each([
    ['comma', 'class=unknown,human'],
    ['an encoded comma', 'class=human%2Cunknown'],
    ['a repeated key', 'class=human&class=unknown'],
    ['doubles and spaces', 'class=%20human,,unknown,human'],
  ])('takes a list written with %s', (_, search) => {
    expect(parseFilter(search)).toEqual({ class: ['human', 'unknown'] });
  });

  it('passes over what is no filter', () => {
    expect(parseFilter('?utm_source=mail&class=&outcome=&__proto__=x')).toEqual({});
  });

  it('keeps a value that it does not know, for the server to refuse', () => {
    expect(parseFilter('?class=robot&outcome=luck')).toEqual({ class: ['robot'], outcome: 'luck' });
  });
});

describe('formatQuery', () => {
  it('puts keys in their order and values in theirs, and leaves out what is not set', () => {
    const query = formatQuery({
      to: '2026-02-03',
      mature: 'true',
      class: ['unknown', 'human'],
      repo: [],
      limit: 50,
    });
    expect(query).toBe('class=human,unknown&mature=true&to=2026-02-03&limit=50');
  });

  it.each(['a,b', 'a&b=c', 'ä/ö%2', '100%', 'x#y', 'a+b', '=1'])('keeps the tool %j whole', (tool) => {
    const expected = tool.includes(',') ? tool : tool.trim();
    const [read] = [new URLSearchParams(formatQuery({ tool: [tool] })).get('tool')];
    expect(read).toBe(expected);
  });

  it('gives back what it was read from', () => {
    const canonical =
      'repo=acme/app,acme/web&class=ai_agent,ai_assisted&review=none&outcome=reverted_14d&mature=false&from=2026-01-02';
    expect(formatQuery(parseFilter(canonical))).toBe(canonical);
  });
});

it('the CSV is below the pages of its fleet, the router puts the pages there by itself', () => {
  history.replaceState(null, '', '/demo/changes');
  expect(csvHref({ mature: 'true' })).toBe('/demo/api/v1/changes.csv?mature=true');
  expect(changesHref({ mature: 'true' })).toBe('/changes?mature=true');
  history.replaceState(null, '', '/');
});

it('page and CSV carry the same query', () => {
  const filter = parseFilter('mature=true&class=ai_agent');
  expect(changesHref(filter)).toBe('/changes?class=ai_agent&mature=true');
  expect(csvHref(filter)).toBe('/api/v1/changes.csv?class=ai_agent&mature=true');
  expect(changesHref({})).toBe('/changes');
});

it('a change of a repository with slashes stays one step of the path', () => {
  expect(changeHref('acme/app@0f3c')).toBe('/changes/acme%2Fapp%400f3c');
});
