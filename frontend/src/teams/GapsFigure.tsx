import type { ReactNode } from 'react';

import { FigureFrame, Num } from '../charts';
import type { Scope } from '../filter/scope';

/** The row of figure teams_gaps. */
export interface Gaps {
  outages: number | null;
  unlinked: number | null;
  changes: number;
  unknown: number;
  uncollected: number;
}

/** What the team can add, so that its own pages and everybody's tell more. */
export function GapsFigure({ scope }: { scope: Scope }) {
  return (
    <FigureFrame<Gaps>
      id="teams_gaps"
      scope={scope}
      title="To do"
      image={false}
      height={200}
      note="Each of these makes the numbers surer: an outage without its change counts nowhere, and a change without a class cannot be compared."
      chart={({ items }) =>
        items.map(({ values, rows }) => (
          <ul key="all" className="todo">
            <Item left={values.unlinked} todo="Say which change it was, or that it was none">
              {values.outages === null ? (
                'Outages are not collected.'
              ) : (
                <>
                  <Num value={values.unlinked} href={rows.unlinked} /> of{' '}
                  <Num value={values.outages} href={rows.outages} /> outages of which nothing says what caused
                  them.
                </>
              )}
            </Item>
            <Item
              left={values.unknown}
              todo="Let tools sign what they write, with a trailer in the commit message"
            >
              <Num value={values.unknown} href={rows.unknown} /> of{' '}
              <Num value={values.changes} href={rows.changes} /> changes with no author class.
            </Item>
            <Item left={values.uncollected} todo="Give the collector access to the pull requests">
              <Num value={values.uncollected} href={rows.uncollected} /> changes whose reviews are not
              collected.
            </Item>
          </ul>
        ))
      }
    />
  );
}

function Item({ left, todo, children }: { left: number | null; todo: string; children: ReactNode }) {
  return (
    <li className={left === 0 ? 'done' : undefined}>
      {children} {left !== 0 && left !== null && `${todo}.`}
    </li>
  );
}
