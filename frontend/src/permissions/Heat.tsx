import '../styles/permissions.css';

import { useState, type CSSProperties } from 'react';

import type { Cell, FigureRow } from '../api/figures';
import { Num } from '../charts/Num';
import { int } from '../format/number';
import { Scroll } from '../parts/Scroll';
import { PERMISSION, word } from '../words';

/** A cell as figure permissions_reviews has it: no rate of too few changes. */
export interface HeatCell extends Record<string, Cell> {
  permission: string;
  review: string;
  classes: string[];
  states: string[];
  changes: number;
  few: boolean;
  mistakes: number | null;
  per_1000: number | null;
}

type Shown = 'rate' | 'count';

const LEVELS = ['none', 'read', 'triage', 'write', 'maintain', 'admin', 'operator'];
const REVIEWS: Record<string, string> = {
  independent: 'Approved by a second person',
  another_state: 'Approved earlier or afterwards',
  ai_only: 'Approved by machines only',
  self: 'Approved by its makers',
  none: 'Not approved',
};

/** Mistakes by permission and review as a table whose ground is the darker the more there are. Every cell leads to its changes. */
export function Heat({ items }: { items: FigureRow<HeatCell>[] }) {
  const [shown, show] = useState<Shown>('rate');
  const cell = (permission: string, review: string) =>
    items.find(({ values }) => values.permission === permission && values.review === review);
  const levels = LEVELS.filter((level) => items.some(({ values }) => values.permission === level));
  const reviews = Object.keys(REVIEWS).filter((review) =>
    items.some(({ values }) => values.review === review),
  );
  const most = Math.max(...items.map(({ values }) => valueOf(values, shown) ?? 0), 0);
  return (
    <>
      <p className="heat-choice" role="group" aria-label="What the cells say">
        {(['rate', 'count'] as const).map((kind) => (
          <button key={kind} className="quiet" aria-pressed={shown === kind} onClick={() => show(kind)}>
            {kind === 'rate' ? 'Mistakes per 1 000' : 'Mistakes'}
          </button>
        ))}
      </p>
      <Scroll label="Mistakes by permission and review">
        <table className="heat">
          <thead>
            <tr>
              <th scope="col">Landed with</th>
              {reviews.map((review) => (
                <th key={review} scope="col">
                  {REVIEWS[review]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {levels.map((level) => (
              <tr key={level}>
                <th scope="row">{levelWords(level)}</th>
                {reviews.map((review) => (
                  <HeatField key={review} row={cell(level, review)} shown={shown} most={most} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

function HeatField({ row, shown, most }: { row?: FigureRow<HeatCell>; shown: Shown; most: number }) {
  if (!row) return <td className="none">–</td>;
  const { changes, few, mistakes } = row.values;
  if (few)
    return (
      <td className="few">
        <span>too few to show</span>
        <small>
          n = <Num value={changes} href={row.rows.changes} />
        </small>
      </td>
    );
  const value = valueOf(row.values, shown);
  return (
    <td style={{ '--k': most > 0 ? (value ?? 0) / most : 0 } as CSSProperties}>
      <Num value={mistakes} href={row.rows.mistakes}>
        {shown === 'rate' ? (value ?? 0).toFixed(value !== null && value < 10 ? 1 : 0) : int(value)}
      </Num>
      <small>
        {shown === 'rate' && <>{int(mistakes)} of </>}
        <Num value={changes} href={row.rows.changes} />
        {shown === 'count' && ' changes'}
      </small>
    </td>
  );
}

function valueOf({ few, mistakes, per_1000 }: HeatCell, shown: Shown): number | null {
  return few ? null : shown === 'rate' ? per_1000 : mistakes;
}

function levelWords(level: string): string {
  return level === 'operator' ? 'Operator: merge and deploy' : word(PERMISSION, level);
}
