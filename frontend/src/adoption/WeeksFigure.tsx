import type { FigureOf } from '../api/figures';
import { FigureFrame, LineChart } from '../charts';
import type { Scope } from '../filter/scope';
import { share } from '../format/number';
import { date } from '../format/time';
import { useEarlier } from './useEarlier';
import { useTarget } from './useTarget';
import { aligned, counts, lastWhole, type Week } from './weeks';

/** People using AI each week, against the target and the period before. */
export function WeeksFigure({ scope }: { scope: Scope }) {
  const target = useTarget();
  const earlier = useEarlier<Week>('adoption_weeks', scope);
  return (
    <FigureFrame<Week>
      id="adoption_weeks"
      scope={scope}
      title="People using AI each week"
      lede="Share of the people who landed a change in the week. Weeks are whole, from Monday, whatever day the period begins on"
      note={(figure) => <Reading figure={figure} before={earlier.scope} />}
      height={330}
      empty="Nobody landed a change in this time."
      chart={({ items }) => (
        <LineChart
          label={label(items.map(({ values }) => values))}
          days={items.map(({ values }) => values.week)}
          open={items.map(({ values }) => values.open)}
          series={[
            ...(earlier.rows.length > 0
              ? [{ id: 'earlier', name: 'Period before', muted: true, values: aligned(items, earlier.rows) }]
              : []),
            { id: 'share', name: 'Used AI', values: items.map(({ values }) => values.share) },
          ]}
          max={1}
          height={300}
          target={target === undefined ? undefined : { value: target, label: `Target ${share(target)}` }}
          readout={(at) => {
            const before = aligned(items, earlier.rows)[at];
            return <Words week={items[at]!.values} before={before} />;
          }}
        />
      )}
    />
  );
}

function Words({ week, before }: { week: Week; before?: number | null }) {
  return (
    <>
      <b>Week of {date(week.week)}</b>
      {week.open && ' (not over)'}: {counts(week)}
      {before != null && ` · period before ${share(before)}`}
    </>
  );
}

function Reading({ figure, before }: { figure: FigureOf<Week>; before?: Scope }) {
  const weeks = figure.items.map(({ values }) => values);
  const gaps = weeks.filter((week) => week.share === null && !week.open).length;
  return (
    <>
      {weeks.some((week) => week.open && week.share !== null) &&
        'Hollow: the week that the data end in is not over. '}
      {weeks.some((week) => week.open && week.share === null) &&
        'Of teams only weeks that are over are told. '}
      {before && `Grey: the weeks from ${date(before.from)}. `}
      {gaps > 0 &&
        `Gaps: ${gaps === 1 ? 'one week has' : `${gaps} weeks have`} too few people to show, or cannot be shown without telling of too few others. `}
      {weeks.some((week) => week.hidden.startsWith('teams that')) &&
        'Some of the chosen teams are too small to show, and are not counted here. '}
      Somebody who landed changes in several teams counts with the one that most were made in.
    </>
  );
}

function label(weeks: Week[]): string {
  const last = lastWhole(weeks.map((values) => ({ values, rows: {} })));
  return `People using AI by week. ${last ? `In the week of ${date(last.week)}: ${counts(last)}.` : ''}`;
}
