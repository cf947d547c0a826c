import { expect, it } from 'vitest';

import type { Change } from '../api/types';
import { change } from '../testing/facts';
import { outcomes } from './outcomes';

const CHANGE = change({ size_lines: 12, files: 1, review_state: 'none' });

it.each<[Partial<Change>, string[]]>([
  [{}, ['None seen']],
  [{ mature: false }, ['Too early to tell']],
  [{ reverted: true, reverted_at: '2026-10-04T00:00:00Z' }, ['Reverted after 3 days']],
  [{ mature: false, hotfixed: true, hotfixed_at: '2026-10-01T05:00:00Z' }, ['Hot-fixed after 5 hours']],
  [{ reverted: true, hotfixed: true }, ['Reverted', 'Hot-fixed']],
  [{ reverted: true, reverted_at: '2026-09-30T00:00:00Z' }, ['Reverted']],
  [
    { incident: 'pd:7', severity: 2, incident_at: '2026-10-01T02:00:00Z', failed_at: '2026-10-01T05:00:00Z' },
    ['Severity 2 incident after 2 hours', 'Failed deployment after 5 hours'],
  ],
  [{ reworked_at: '2026-10-11T00:00:00Z' }, ['Reworked after 10 days']],
])('%o', (facts, words) => expect(outcomes({ ...CHANGE, ...facts })).toEqual(words));
