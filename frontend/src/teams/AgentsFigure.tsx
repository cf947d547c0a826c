import { FigureFrame, Num } from '../charts';
import type { FigureRow } from '../api/figures';
import type { Scope } from '../filter/scope';
import { plural } from '../format/number';
import { date } from '../format/time';
import { Scroll } from '../parts/Scroll';

/** A row of figure teams_agents. */
interface AgentRepo {
  repo: string;
  tier: number;
  changes: number;
  levels: number | null;
  operator: number | null;
  operator_reviewed: number | null;
  operator_alone: number | null;
  last_at: string;
}

/** Where agents land changes for the team, and where they may merge and deploy. */
export function AgentsFigure({ scope }: { scope: Scope }) {
  return (
    <FigureFrame<AgentRepo>
      id="teams_agents"
      scope={scope}
      title="Permissions of agents"
      image={false}
      height={200}
      lede={({ items }) => {
        const may = items.filter(({ values }) => (values.operator ?? 0) > 0).length;
        return `${plural(items.length, 'repository', 'repositories')} where agents landed changes of this team; in ${may} of them some landed with the right to merge and deploy`;
      }}
      note="By the account that landed the change, and the newest snapshot of permissions before. Where no snapshot covers the moment there is a dash, and nothing is filled in."
      empty="No agent landed a change of this team in this time."
      chart={({ items }) => (
        <Repositories
          rows={items.filter(({ values }) => (values.operator ?? 0) > 0 || values.levels === null)}
        />
      )}
    />
  );
}

function Repositories({ rows }: { rows: FigureRow<AgentRepo>[] }) {
  if (rows.length === 0)
    return (
      <p className="empty">In none of them did an agent's change land with the right to merge and deploy.</p>
    );
  return (
    <Scroll label="Repositories where agents may merge and deploy">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">Repository</th>
            <th scope="col" className="number">
              Changes by agents
            </th>
            <th scope="col" className="number">
              May merge and deploy
            </th>
            <th scope="col" className="number">
              Of these without a second person
            </th>
            <th scope="col" className="number">
              Last
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ values, rows }) => (
            <tr key={values.repo}>
              <th scope="row">{values.repo}</th>
              <td className="number">
                <Num value={values.changes} href={rows.changes} />
              </td>
              <td className="number">
                <Num value={values.operator} href={rows.operator} />
              </td>
              <td className="number">
                <Num value={values.operator_alone} href={rows.operator_alone} />
              </td>
              <td className="number">{date(values.last_at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
