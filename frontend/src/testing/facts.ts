import type {
  Arm,
  Change,
  Claim,
  Comparison,
  Coverage,
  Effect,
  Fleet,
  Ratio,
  Share,
  Source,
  Stream,
} from '../api/types';

/** Made-up answers for component tests; each test changes what it is about. */

export function ratio(value: number | null, low: number | null = null, high: number | null = null): Ratio {
  return { value, fixed: { low, high }, always_valid: { low: low && low * 0.9, high: high && high * 1.1 } };
}

function arm(events: number, changes: number, rows: string): Arm {
  return { events, changes, rows: `class=${rows}&mature=true` };
}

export function comparison(facts: Partial<Comparison> = {}): Comparison {
  return {
    exposure: 'ai_assisted',
    outcome: 'reverted_14d',
    primary: true,
    exposed: arm(21, 1330, 'ai_assisted'),
    reference: arm(30, 2870, 'human%2Cunknown'),
    code: 'not_more',
    word: 'Not more common',
    crude: ratio(1.51),
    total: ratio(0.97, 0.8, 1.2),
    direct: ratio(0.94, 0.8, 1.1),
    unknown_bounds: { all_human: ratio(0.94, 0.8, 1.1), all_ai: ratio(1.12, 0.9, 1.4) },
    depends: false,
    effects: [
      effect(),
      effect({ adjustment: 'total', deciding: false }),
      effect({ design: 'developer', deciding: false }),
    ],
    sensitivity: [{ id: 'mistake_7d', label: 'within 7 days', ratio: ratio(1.02, 0.7, 1.5), events: 40 }],
    detection: { corrected: 0.96, bounds: { low: 0.7, high: 1.3 }, tipping: 0.41 },
    ...facts,
  };
}

export function effect(facts: Partial<Effect> = {}): Effect {
  return {
    design: 'repository',
    adjustment: 'direct',
    deciding: true,
    ratio: ratio(0.94, 0.8, 1.1),
    code: 'not_more',
    word: 'Not more common',
    events: 51,
    clusters: 12,
    design_effect: 1.2,
    event_share: 0.8,
    smallest_seen: 1.9,
    e_value: 1.3,
    e_value_limit: 1,
    events_needed: 400,
    enough_on: '2027-03-01',
    control_events: 0,
    control_fails: false,
    independent: false,
    sql: 'SELECT 1',
    params: {},
    ...facts,
  };
}

export function mistakes(facts: Partial<Claim['answer']> = {}): Claim {
  return {
    id: 'mistakes',
    version: 1,
    kind: 'comparison',
    needs: ['changes'],
    exposures: ['ai_assisted', 'ai_agent'],
    estimators: ['E1', 'E2'],
    gates: ['attribution'],
    flips: 'The interval moves off 1.',
    data_to: '2026-10-04T06:00:00Z',
    sentence: 'We have not seen evidence that mistakes are more common with AI tools.',
    source: 'a statement',
    question: 'Are mistakes more common with AI?',
    window_days: 14,
    margin: 1.25,
    alpha: 0.05,
    margin_set: '1 June, by nobody',
    caveats: ['This is not an experiment.'],
    answer: {
      code: 'not_more',
      word: 'Not more common',
      sentence: 'AI-assisted changes are not reverted more often.',
      detail: '21 of 1330 against 30 of 2870.',
      gates: [
        { id: 'attribution', label: 'Attribution', passes: true, detail: 'All were read', threshold: '95 %' },
        {
          id: 'maturity',
          label: 'Maturity',
          passes: false,
          note: true,
          detail: '22 are young',
          rows: 'mature=false',
        },
      ],
      comparisons: [comparison()],
      tables: [],
      connect: [],
      shares: [],
      ...facts,
    },
  };
}

const SHARES: Share[] = [
  { class: 'ai_agent', changes: 100, lines: 900, share: 0.02, line_share: 0.03, rows: 'class=ai_agent' },
  {
    class: 'ai_assisted',
    changes: 1400,
    lines: 9000,
    share: 0.28,
    line_share: 0.3,
    rows: 'class=ai_assisted',
  },
  { class: 'unknown', changes: 3500, lines: 20000, share: 0.7, line_share: 0.67, rows: 'class=unknown' },
];

export function share(): Claim {
  return {
    ...mistakes(),
    id: 'share',
    question: 'How much of the code is written with AI?',
    answer: {
      code: 'described',
      word: 'Counted',
      sentence: 'At least 30 % of changes carry a mark of AI.',
      detail: '',
      gates: [],
      comparisons: [],
      tables: [],
      connect: [],
      shares: SHARES,
      share_bounds: { low: 0.3, high: 1 },
    },
  };
}

export function coverage(facts: Partial<Coverage> = {}): Coverage {
  return {
    data_from: '2024-01-01T00:00:00Z',
    data_to: '2026-10-04T06:00:00Z',
    collected_at: new Date().toISOString(),
    repositories: 2,
    commits: 9000,
    changes: 5000,
    classified: 0.3,
    rules_version: '7',
    controls: true,
    streams: [],
    sources: [],
    running: [],
    ...facts,
  };
}

/** A time so many hours ago. */
export function ago(hours: number): string {
  return new Date(Date.now() - hours * 3_600_000).toISOString();
}

export function source(facts: Partial<Source> = {}): Source {
  return {
    source: 'git',
    scope: 'acme/app',
    stream: 'history',
    status: 'ok',
    rows: 9000,
    requests: 0,
    started_at: ago(5),
    finished_at: ago(5),
    last_success_at: ago(5),
    warnings: 0,
    ...facts,
  };
}

export function stream(facts: Partial<Stream> = {}): Stream {
  return {
    source: 'git',
    stream: 'history',
    scopes: 1,
    ok: 1,
    partial: 0,
    failed: 0,
    absent: 0,
    unfinished: 0,
    never: 0,
    rows: 9000,
    requests: 0,
    last_success_at: ago(5),
    oldest_success_at: ago(5),
    every_seconds: 600,
    next_run_at: ago(-0.07),
    waiting: 0,
    running: 0,
    paused: false,
    ...facts,
  };
}

export function scopeList(items: Source[], total = items.length, next?: string) {
  return { items, total, truncated: next !== undefined, limit: 50, next };
}

export function change(facts: Partial<Change> = {}): Change {
  return {
    change_id: 'acme/app@0f3c5d7e9b',
    kind: 'push',
    method: 'direct',
    repo: 'acme/app',
    sha: '0f3c5d7e9b11',
    title: 'Add a cache',
    landed_at: '2026-10-01T00:00:00Z',
    author_class: 'ai_agent',
    tool: 'claude-code',
    autonomy: 'agent',
    review_state: 'none',
    size_lines: 1200,
    files: 3,
    reverted: false,
    hotfixed: false,
    mistake: false,
    mature: true,
    team: '',
    permission: 'unknown',
    usual_permission: 'unknown',
    followed_days: 40,
    ...facts,
  };
}

export function fleet(facts: Partial<Fleet> = {}): Fleet {
  return {
    id: 'own',
    simulated: null,
    making: null,
    fleets: [{ id: 'own', name: 'This repository', path: '/' }],
    ...facts,
  };
}

export function changeList(items: Change[], total = items.length, next?: string) {
  return { items, total, truncated: next !== undefined, limit: 50, next };
}
