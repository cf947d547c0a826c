import { useState } from 'react';
import { Link } from 'wouter';

import { FigureFrame, Num } from '../charts';
import { withScope, type Scope } from '../filter/scope';
import { int, plural } from '../format/number';
import { Scroll } from '../parts/Scroll';
import { teamHref } from './href';
import { found, type Team, type TeamRow } from './row';

/** The teams of the scope, with a search. The list has one order, and no other can be chosen. */
export function Directory({ scope }: { scope: Scope }) {
  const [search, setSearch] = useState('');
  return (
    <FigureFrame<Team>
      id="teams"
      scope={scope}
      title="Directory"
      height={600}
      image={false}
      note="Of a team with fewer than five people, how many there are is not shown; counts of changes are. People are those in the team now, whatever the time above."
      empty="No change here is by an author whose team is known. Who is in which team comes with the import of members: see Data."
      chart={({ items }) => (
        <>
          <p className="directory-search">
            <input
              type="search"
              value={search}
              placeholder="Find a team"
              aria-label="Find a team"
              onChange={(event) => setSearch(event.target.value)}
            />
            <span role="status">
              {search
                ? `${int(found(items, search).length)} of ${plural(items.length, 'team')}`
                : plural(items.length, 'team')}
            </span>
          </p>
          <List rows={found(items, search)} scope={{ ...scope, team: [] }} />
        </>
      )}
    />
  );
}

function List({ rows, scope }: { rows: TeamRow[]; scope: Scope }) {
  if (rows.length === 0) return <p className="empty">No team has such a name.</p>;
  return (
    <Scroll label="Teams">
      <table className="plain directory">
        <thead>
          <tr>
            <th scope="col">Team</th>
            {['People', 'Repositories', 'Changes', 'With AI', 'Mistakes', 'Without a second person'].map(
              (name) => (
                <th key={name} scope="col" className="number">
                  {name}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={row.values.team} row={row} scope={scope} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Line({ row: { values, rows }, scope }: { row: TeamRow; scope: Scope }) {
  return (
    <tr>
      <th scope="row">
        <Link href={withScope(teamHref(values.team), scope)}>{values.team}</Link>
      </th>
      <td className="number">
        {values.members === null ? (
          <span className="kept-back-words">{values.hidden}</span>
        ) : (
          int(values.members)
        )}
      </td>
      <td className="number">{int(values.repos)}</td>
      <td className="number">
        <Num value={values.changes} href={rows.changes} />
      </td>
      <td className="number">
        <Num value={values.ai} href={rows.ai} />
      </td>
      <Of part={values.mistakes} href={rows.mistakes} of={values.mature} ofHref={rows.mature} />
      <Of part={values.alone} href={rows.alone} of={values.reviewed} ofHref={rows.reviewed} />
    </tr>
  );
}

interface OfProps {
  part: number | null;
  href?: string;
  of: number | null;
  ofHref?: string;
}

function Of({ part, href, of, ofHref }: OfProps) {
  return (
    <td className="number">
      {part === null ? (
        <span className="kept-back-words">not collected</span>
      ) : (
        <>
          <Num value={part} href={href} /> of <Num value={of} href={ofHref} />
        </>
      )}
    </td>
  );
}
