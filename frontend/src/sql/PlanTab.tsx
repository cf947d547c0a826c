import { useQuery } from '@tanstack/react-query';

import { int } from '../format/number';
import { span } from '../format/time';
import { Trouble } from '../parts/Trouble';
import { Waiting } from '../parts/Waiting';
import { planOf, type Limits, type Plan } from './queries';
import { bytes, many } from './words';

/** A statement that reads more than this is asked about before it runs. */
export const HEAVY_ROWS = 200_000_000;

/** What the statement at the cursor would read, and what it may. */
export function PlanTab({ sql, params }: { sql: string; params: Record<string, string> }) {
  const plan = useQuery({
    queryKey: ['sql', 'plan', sql, params],
    queryFn: ({ signal }) => planOf(sql, params, signal),
    enabled: sql.trim() !== '',
    staleTime: 10_000,
  });
  if (sql.trim() === '') return <p className="sql-note">There is no statement yet.</p>;
  if (plan.error) return <Trouble what="The plan" error={plan.error} retry={() => void plan.refetch()} />;
  if (!plan.data) return <Waiting what="the plan" height={120} />;
  return (
    <div className="sql-plan">
      <Estimate plan={plan.data} />
      <p>{limitWords(plan.data.limits)}</p>
    </div>
  );
}

function Estimate({ plan }: { plan: Plan }) {
  if (plan.error) return <p>The database cannot tell what this would read: {plan.error.message}</p>;
  if (plan.parts.length === 0) return <p>This reads no table, or nothing that can be told before.</p>;
  return (
    <>
      <p>
        <b>About {many(plan.rows)} rows would be read</b>
        {plan.rows > HEAVY_ROWS ? ', which is much: narrow it by repo or by time.' : '.'}
      </p>
      <table>
        <caption className="hidden">What would be read of each table below the views</caption>
        <thead>
          <tr>
            <th scope="col">Table</th>
            <th scope="col" className="number">
              Parts
            </th>
            <th scope="col" className="number">
              Rows
            </th>
          </tr>
        </thead>
        <tbody>
          {plan.parts.map((part) => (
            <tr key={part.table}>
              <th scope="row">{part.table}</th>
              <td className="number">{int(part.parts)}</td>
              <td className="number">{int(part.rows)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** "A statement may run 30 s, use 2.1 GB of memory and give 1 000 000 rows, of which 10 000 are shown." */
export function limitWords(limits: Limits): string {
  const parts = [
    limits.seconds > 0 && `run ${span(limits.seconds)}`,
    limits.memory_bytes > 0 && `use ${bytes(limits.memory_bytes)} of memory`,
    limits.read_rows > 0 && `read ${many(limits.read_rows)} rows`,
    limits.result_rows > 0 && `give ${int(limits.result_rows)} rows`,
  ].filter(Boolean);
  return `A statement may ${parts.join(', ')}; ${int(limits.shown_rows)} rows are shown, a file has all.`;
}
