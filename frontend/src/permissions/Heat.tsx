import '../styles/permissions.css';

import { useState, type CSSProperties, type ReactNode } from 'react';

import type { Cell, FigureRow } from '../api/figures';
import { Num } from '../charts/Num';
import { amount, int } from '../format/number';
import { Choice } from '../parts/Choice';
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
  ratio: number | null; // of per_1000 to that of the same permission when a second person approved
}

type Shown = 'rate' | 'count' | 'ratio';

const SHOWN: Record<Shown, string> = {
  rate: 'Mistakes per 1 000',
  count: 'Mistakes',
  ratio: 'Ratio to approved by a second person',
};

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
      <Choice
        label="What the cells say"
        options={Object.keys(SHOWN) as Shown[]}
        words={SHOWN}
        chosen={shown}
        choose={show}
      />
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
        {cellWords(value, shown)}
      </Num>
      <small>
        {shown !== 'count' && <>{int(mistakes)} of </>}
        <Num value={changes} href={row.rows.changes} />
        {shown === 'count' && ' changes'}
      </small>
    </td>
  );
}

function valueOf({ few, mistakes, per_1000, ratio }: HeatCell, shown: Shown): number | null {
  return few ? null : { rate: per_1000, count: mistakes, ratio }[shown];
}

/** The number of a cell; a ratio of too few mistakes is none. */
function cellWords(value: number | null, shown: Shown): ReactNode {
  if (shown === 'ratio') return value === null ? <i>under 10 mistakes</i> : amount(value, 'ratio');
  return shown === 'rate' ? (value ?? 0).toFixed(value !== null && value < 10 ? 1 : 0) : int(value);
}

function levelWords(level: string): string {
  return level === 'operator' ? 'Operator: merge and deploy' : word(PERMISSION, level);
}
