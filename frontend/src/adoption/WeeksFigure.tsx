import { useState } from 'react';

import type { FigureOf } from '../api/figures';
import { FigureFrame, LineChart } from '../charts';
import type { Scope } from '../filter/scope';
import { share } from '../format/number';
import { date } from '../format/time';
import { Choice } from '../parts/Choice';
import { useEarlier, useYearBefore } from './useEarlier';
import { useTarget } from './useTarget';
import { aligned, counts, lastWhole, type Week } from './weeks';

type Compared = 'year' | 'period';

const COMPARED: Record<Compared, string> = { year: 'A year before', period: 'Period before' };

/** People using AI each week, against the target and the year or the period before. */
export function WeeksFigure({ scope }: { scope: Scope }) {
  const target = useTarget();
  const earlier = useEarlier<Week>('adoption_weeks', scope);
  const yearBefore = useYearBefore<Week>('adoption_weeks', scope);
  const [wanted, want] = useState<Compared>('year');
  return (
    <FigureFrame<Week>
      id="adoption_weeks"
      scope={scope}
      title="People using AI each week"
      lede="Share of the people who landed a change in the week. Weeks are whole, from Monday, whatever day the period begins on"
      note={(figure) => <Reading figure={figure} />}
      height={330}
      empty="Nobody landed a change in this time."
      chart={({ items }) => {
        const lines: Record<Compared, (number | null)[]> = {
          year: items.map(({ values }) => yearBefore(values.week)?.share ?? null),
          period: aligned(items, earlier.rows),
        };
        const there = (Object.keys(lines) as Compared[]).filter((one) => lines[one].some((x) => x !== null));
        const shown = there.includes(wanted) ? wanted : there[0];
        return (
          <>
            {there.length > 1 && (
              <Choice label="Compared with" options={there} words={COMPARED} chosen={shown} choose={want} />
            )}
            <LineChart
              label={label(items.map(({ values }) => values))}
              days={items.map(({ values }) => values.week)}
              open={items.map(({ values }) => values.open)}
              series={[
                ...(shown
                  ? [{ id: 'earlier', name: COMPARED[shown], muted: true, values: lines[shown] }]
                  : []),
                { id: 'share', name: 'Used AI', values: items.map(({ values }) => values.share) },
              ]}
              max={1}
              height={300}
              target={target === undefined ? undefined : { value: target, label: `Target ${share(target)}` }}
              readout={(at) => (
                <Words
                  week={items[at]!.values}
                  before={shown && lines[shown][at]}
                  compared={shown && COMPARED[shown]}
                />
              )}
            />
          </>
        );
      }}
    />
  );
}

function Words({ week, before, compared }: { week: Week; before?: number | null; compared?: string }) {
  return (
    <>
      <b>Week of {date(week.week)}</b>
      {week.open && ' (not over)'}: {counts(week)}
      {before != null && compared && ` · ${compared.toLowerCase()} ${share(before)}`}
    </>
  );
}

function Reading({ figure }: { figure: FigureOf<Week> }) {
  const weeks = figure.items.map(({ values }) => values);
  const gaps = weeks.filter((week) => week.share === null && !week.open).length;
  return (
    <>
      {weeks.some((week) => week.open && week.share !== null) &&
        'Hollow: the week that the data end in is not over. '}
      {weeks.some((week) => week.open && week.share === null) &&
        'Of teams only weeks that are over are told. '}
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
