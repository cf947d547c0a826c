import { expect, it } from 'vitest';

import type { Change } from '../api/types';
import { outcomes } from './outcomes';

const CHANGE: Change = {
  change_id: 'acme/app@0f3c',
  kind: 'push',
  method: 'direct',
  repo: 'acme/app',
  sha: '0f3c',
  title: 'Add a cache',
  landed_at: '2026-10-01T00:00:00Z',
  author_class: 'ai_agent',
  tool: 'claude-code',
  autonomy: 'agent',
  review_state: 'none',
  size_lines: 12,
  files: 1,
  reverted: false,
  hotfixed: false,
  mistake: false,
  mature: true,
};

it.each<[Partial<Change>, string[]]>([
  [{}, ['None seen']],
  [{ mature: false }, ['Too early to tell']],
  [{ reverted: true, reverted_at: '2026-10-04T00:00:00Z' }, ['Reverted after 3 days']],
  [{ mature: false, hotfixed: true, hotfixed_at: '2026-10-01T05:00:00Z' }, ['Hot-fixed after 5 hours']],
  [{ reverted: true, hotfixed: true }, ['Reverted', 'Hot-fixed']],
  [{ reverted: true, reverted_at: '2026-09-30T00:00:00Z' }, ['Reverted']],
])('%o', (facts, words) => expect(outcomes({ ...CHANGE, ...facts })).toEqual(words));
