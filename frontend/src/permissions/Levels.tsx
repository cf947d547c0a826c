import { useState } from 'react';

import type { FigureRow } from '../api/figures';
import { LineChart } from '../charts/LineChart';
import { Num } from '../charts/Num';
import { date } from '../format/time';
import { Choice } from '../parts/Choice';
import { glyphOf, WRITTEN_BY, type WrittenBy } from '../reviews/rows';
import type { LevelsRow } from './rows';

const LEVELS = [
  { key: 'reading', name: 'Read or triage' },
  { key: 'write', name: 'Write' },
  { key: 'maintain', name: 'Maintain' },
  { key: 'admin', name: 'Admin' },
  { key: 'operator', name: 'Merge and deploy' },
] as const;

/** The share of a class's changes that landed with each level, week by week: a line a level, those that do not occur left out. */
export function Levels({ rows }: { rows: FigureRow<LevelsRow>[] }) {
  const groups = (['ai_agent', 'ai_assisted', 'no_ai'] as WrittenBy[]).filter((group) =>
    rows.some(({ values }) => values.written_by === group),
  );
  const [chosen, choose] = useState<WrittenBy>();
  const group = chosen && groups.includes(chosen) ? chosen : groups[0];
  const own = rows.filter(({ values }) => values.written_by === group);
  const levels = LEVELS.filter(({ key }) => own.some(({ values }) => values[key] > 0));
  return (
    <>
      <Choice label="Changes by whom" options={groups} words={WRITTEN_BY} chosen={group} choose={choose} />
      <div className={`levels ${group ?? ''}`}>
        <LineChart
          label={`Share of changes by permission of the account that landed them, ${group ? WRITTEN_BY[group] : ''}.`}
          days={own.map(({ values }) => values.week)}
          open={own.map(({ values }) => values.open)}
          max={1}
          series={levels.map(({ key, name }) => ({
            id: key,
            name,
            of: key === 'operator' && group ? glyphOf(group) : undefined,
            values: own.map(({ values }) => values[key] / values.known),
          }))}
          readout={(step) => <Words row={own[step]!} keys={levels} />}
        />
      </div>
    </>
  );
}

function Words({
  row: { values, rows },
  keys,
}: {
  row: FigureRow<LevelsRow>;
  keys: readonly (typeof LEVELS)[number][];
}) {
  return (
    <>
      <b>Week of {date(values.week)}</b>
      {values.open && ' (not over)'}:{' '}
      {keys.map(({ key, name }, i) => (
        <span key={key}>
          {i > 0 && ' · '}
          {name} <Num value={values[key]} href={rows[key]} />
        </span>
      ))}{' '}
      of <Num value={values.known} href={rows.known} />
    </>
  );
}
