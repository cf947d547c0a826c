import { Link } from 'wouter';

import type { FigureOf } from '../api/figures';
import { FigureFrame } from '../charts';
import type { Scope } from '../filter/scope';
import { int, share } from '../format/number';
import { date } from '../format/time';
import { Scroll } from '../parts/Scroll';
import { teamHref } from '../teams/href';
import { nameOf, type TeamShare } from './strip';
import { StripChart } from './StripChart';
import { useTarget } from './useTarget';
import { counts } from './weeks';

/** Where adoption stands by team: one dot a team, those too small to show in words. */
export function StripFigure({ scope }: { scope: Scope }) {
  const target = useTarget();
  return (
    <FigureFrame<TeamShare>
      id="adoption_teams"
      scope={scope}
      title="Where it stands by team"
      lede={(figure) =>
        `One dot for each team with at least five people who landed a change in the week of ${date(figure.items[0]?.values.week)}, the last whole one`
      }
      note={(figure) => <Small figure={figure} />}
      height={220}
      empty="Nobody landed a change in a whole week of this time."
      chart={({ items }) => (
        <StripChart rows={items.map(({ values }) => values)} own={scope.team ?? []} target={target} />
      )}
      table={({ items }) => <Rows rows={items.map(({ values }) => values)} />}
    />
  );
}

function Small({ figure }: { figure: FigureOf<TeamShare> }) {
  const small = figure.items.map(({ values }) => values).find(({ kind }) => kind === 'small');
  return (
    <>
      {small
        ? `Too small to show: ${nameOf(small)}${small.people === null ? '' : `, ${int(small.people)} people`}, counted in totals. ` +
          'Where only one is under five people, the next smallest is left out with it, so that it cannot be told by subtraction. '
        : 'No team is too small to show. '}
      The order is by share and not by team: the names are under the cursor and, by alphabet, in the table.
    </>
  );
}

function Rows({ rows }: { rows: TeamShare[] }) {
  return (
    <Scroll label="Table: where it stands by team">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">Team</th>
            <th scope="col">People who used AI</th>
            <th scope="col" className="number">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.kind + row.team}>
              <th scope="row">
                {row.kind === 'team' ? <Link href={teamHref(row.team)}>{row.team}</Link> : nameOf(row)}
              </th>
              <td>{counts(row)}</td>
              <td className="number">{share(row.share)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
