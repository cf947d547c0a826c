import { useFigure } from '../api/figures';
import { FigureFrame } from '../charts';
import type { Scope } from '../filter/scope';
import { SmallLine } from './SmallLine';
import { LINES, type TeamWeek } from './trend';

/** The team's weeks in small lines, with the fleet in grey on the same axes. */
export function TrendFigure({ scope, fleet }: { scope: Scope; fleet: Scope }) {
  const all = useFigure<TeamWeek>('teams_weeks', fleet).data?.items ?? [];
  const fleetWeeks = new Map(all.map(({ values }) => [values.week, values]));
  return (
    <FigureFrame<TeamWeek>
      id="teams_weeks"
      scope={scope}
      title="Week by week"
      image={false}
      lede="The team in ink, the fleet in grey on the same axis where it has the same unit"
      note="Dashed: the week that the data end in is not over. A team's rate of mistakes in a week would rest on too few changes, so that the mistakes are counted; the newest are not old enough to have any."
      height={520}
      empty="Nothing landed in this time."
      chart={({ items }) => (
        <div className="small-lines">
          {LINES.map((what) => (
            <SmallLine
              key={what.name}
              what={what}
              weeks={items.map(({ values }) => values)}
              fleet={fleetWeeks}
            />
          ))}
        </div>
      )}
    />
  );
}
