import { lastWhole, counts, type Week } from '../adoption/weeks';
import { useTarget } from '../adoption/useTarget';
import { useFigure } from '../api/figures';
import { FigureFrame, LineChart } from '../charts';
import type { Scope } from '../filter/scope';
import { share } from '../format/number';
import { date } from '../format/time';

/** The team's adoption against the target, with the whole fleet in grey. */
export function TeamWeeks({ scope, fleet }: { scope: Scope; fleet: Scope }) {
  const target = useTarget();
  const all = useFigure<Week>('adoption_weeks', fleet).data?.items ?? [];
  const fleetShare = new Map(all.map(({ values }) => [values.week, values.share]));
  return (
    <FigureFrame<Week>
      id="adoption_weeks"
      scope={scope}
      title="People using AI each week"
      lede={({ items }) => {
        const last = lastWhole(items);
        return last
          ? `${counts(last)} in the week of ${date(last.week)}`
          : 'In no week of this time are there enough people to show';
      }}
      note="Weeks with fewer than five people are not shown, nor are those in which the number would tell of another small team. Only weeks that are over are told of a team."
      height={240}
      empty="Nobody of this team landed a change in this time."
      chart={({ items }) => {
        const weeks = items.map(({ values }) => values);
        return (
          <LineChart
            label={`People of the team using AI by week, beside the fleet.`}
            days={weeks.map(({ week }) => week)}
            open={weeks.map(({ open }) => open)}
            series={[
              {
                id: 'fleet',
                name: 'Fleet',
                muted: true,
                values: weeks.map(({ week }) => fleetShare.get(week) ?? null),
              },
              { id: 'share', name: 'Team', values: weeks.map((week) => week.share) },
            ]}
            max={1}
            height={230}
            target={target === undefined ? undefined : { value: target, label: `Target ${share(target)}` }}
            readout={(at) => (
              <>
                <b>Week of {date(weeks[at]!.week)}</b>: {counts(weeks[at]!)} · fleet{' '}
                {share(fleetShare.get(weeks[at]!.week))}
              </>
            )}
          />
        );
      }}
    />
  );
}
