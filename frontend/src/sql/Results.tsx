import { useState, type KeyboardEvent } from 'react';

import { base } from '../fleet/base';
import { int } from '../format/number';
import { ChartTab } from './ChartTab';
import { Grid } from './Grid';
import { PlanTab } from './PlanTab';
import { underWay, type Run } from './run';

const TABS = [
  ['rows', 'Rows'],
  ['chart', 'Chart'],
  ['plan', 'Plan and cost'],
] as const;
type Tab = (typeof TABS)[number][0];

interface Props {
  run: Run;
  sql: string;
  params: Record<string, string>;
}

/** The result as rows and as a chart, and what the statement would cost. */
export function Results({ run, sql, params }: Props) {
  const [tab, setTab] = useState<Tab>('rows');
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    const to = TABS[(TABS.findIndex(([key]) => key === tab) + by + TABS.length) % TABS.length]?.[0] ?? 'rows';
    setTab(to);
    document.getElementById(`sql-tab-${to}`)?.focus();
  };
  return (
    <>
      <div className="sql-tabs">
        <div role="tablist" aria-label="Result" onKeyDown={step}>
          {TABS.map(([key, name]) => (
            <button
              key={key}
              role="tab"
              id={`sql-tab-${key}`}
              aria-selected={tab === key}
              aria-controls="sql-panel"
              tabIndex={tab === key ? 0 : -1}
              onClick={() => setTab(key)}
            >
              {name}
            </button>
          ))}
        </div>
        <Files run={run} />
      </div>
      <div id="sql-panel" role="tabpanel" aria-labelledby={`sql-tab-${tab}`} aria-busy={underWay(run)}>
        {tab === 'rows' && <Rows run={run} />}
        {tab === 'chart' && (run.result ? <ChartTab key={run.result.id} result={run.result} /> : <Nothing />)}
        {tab === 'plan' && <PlanTab sql={sql} params={params} />}
      </div>
    </>
  );
}

function Rows({ run }: { run: Run }) {
  const { result } = run;
  if (!result) return <Nothing />;
  const old = result.id !== run.id;
  return (
    <>
      {old && <p className="muted">Rows of the run before.</p>}
      {result.rows.length === 0 && result.done && (
        <p className="sql-note">No rows. The statement ran and found none.</p>
      )}
      {result.rows.length > 0 && <Grid key={result.id} result={result} />}
    </>
  );
}

function Nothing() {
  return <p className="sql-note">The rows of a run stand here.</p>;
}

/** The files with every row of the statement whose rows are on the screen. */
function Files({ run: { result } }: { run: Run }) {
  if (!result?.done) return null;
  const at = filesOf(result.id);
  return (
    <span className="sql-files">
      <a className="quiet" href={at.csv} download>
        {result.truncated ? 'CSV, all rows' : `CSV, all ${int(result.rows.length)} rows`}
      </a>
      <a className="quiet" href={at.parquet} download>
        Parquet
      </a>
    </span>
  );
}

export function filesOf(id: string): { csv: string; parquet: string } {
  const at = `${base()}/api/v1/sql/queries/${id}`;
  return { csv: `${at}/csv`, parquet: `${at}/parquet` };
}
