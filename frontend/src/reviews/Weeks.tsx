import type { FigureRow } from '../api/figures';
import { LineChart } from '../charts/LineChart';
import { Num } from '../charts/Num';
import { DASH, share } from '../format/number';
import { date } from '../format/time';
import { glyphOf, WRITTEN_BY, type WeekRow } from './rows';

const GROUPS = [
  { id: 'ai_agent', key: 'agent' },
  { id: 'ai_assisted', key: 'assisted' },
  { id: 'no_ai', key: 'no_ai' },
] as const;

/** Share without a second person by week, a line for each class, with the limit of claim second_person. */
export function Weeks({ rows, limit }: { rows: FigureRow<WeekRow>[]; limit?: number }) {
  const series = GROUPS.map(({ id, key }) => ({
    id,
    name: WRITTEN_BY[id],
    of: glyphOf(id),
    values: rows.map(({ values }) => values[`${key}_share`]),
  }));
  return (
    <LineChart
      label="Share of changes that landed without a second person, by week and author class."
      days={rows.map(({ values }) => values.week)}
      open={rows.map(({ values }) => values.open)}
      series={series.filter(({ values }) => values.some((value) => value !== null))}
      target={limit === undefined ? undefined : { value: limit, label: '' }}
      readout={(step) => <Words row={rows[step]!} />}
    />
  );
}

function Words({ row: { values, rows } }: { row: FigureRow<WeekRow> }) {
  return (
    <>
      <b>Week of {date(values.week)}</b>
      {values.open && ' (not over)'}:{' '}
      {GROUPS.map(({ id, key }, i) => (
        <span key={id}>
          {i > 0 && ' · '}
          {WRITTEN_BY[id]} {values[`${key}_share`] === null ? DASH : share(values[`${key}_share`])}
          {values[`${key}_of`] !== null && (
            <>
              {' '}
              (<Num value={values[`${key}_skipped`]} href={rows[`${key}_skipped`]} /> of{' '}
              <Num value={values[`${key}_of`]} href={rows[`${key}_of`]} />)
            </>
          )}
        </span>
      ))}
    </>
  );
}
