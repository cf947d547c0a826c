import { useYearBefore } from '../adoption/useEarlier';
import { useClaim } from '../api/queries';
import type { FigureOf } from '../api/figures';
import { FigureFrame, LineChart } from '../charts';
import type { Scope } from '../filter/scope';
import { int, share } from '../format/number';
import { date } from '../format/time';

export interface AdoptionWeek {
  week: string;
  open: boolean;
  people: number | null;
  users: number | null;
  share: number | null;
  floor: boolean;
  hidden: string;
}

const HEIGHT = 264;

/** People using AI each week, against the target. A full count, so there is no interval. */
export function AdoptionFigure({ scope }: { scope: Scope }) {
  const target = useClaim('adoption').data?.target;
  const yearBefore = useYearBefore<AdoptionWeek>('adoption_weeks', scope);
  return (
    <FigureFrame<AdoptionWeek>
      id="adoption_weeks"
      scope={scope}
      title="People using AI each week"
      height={HEIGHT}
      empty="Nobody landed a change in this time."
      chart={({ items }) => (
        <Weeks weeks={items.map(({ values }) => values)} target={target} yearBefore={yearBefore} />
      )}
      note={note}
    />
  );
}

interface Props {
  weeks: AdoptionWeek[];
  target?: number | null;
  yearBefore: (week: string) => AdoptionWeek | undefined;
}

function Weeks({ weeks, target, yearBefore }: Props) {
  const earlier = weeks.map(({ week }) => yearBefore(week)?.share ?? null);
  const last = weeks.findLast((week) => !week.open && week.share !== null);
  return (
    <LineChart
      label={`Share of the people who landed a change that used AI in the week: ${last ? `${share(last.share)} in the week of ${date(last.week)}` : 'not shown'}.`}
      days={weeks.map(({ week }) => week)}
      open={weeks.map(({ open }) => open)}
      series={[
        ...(earlier.some((x) => x !== null)
          ? [{ id: 'earlier', name: 'A year before', muted: true, values: earlier }]
          : []),
        { id: 'share', name: '', of: 'ai_assisted', values: weeks.map((week) => week.share) },
      ]}
      target={target == null ? undefined : { value: target, label: `Target: ${share(target)} each week` }}
      max={1}
      height={HEIGHT}
      readout={(at) => readout(weeks[at]!, earlier[at])}
    />
  );
}

function readout({ week, share: part, people, users, open, hidden }: AdoptionWeek, before?: number | null) {
  return (
    <>
      Week of {date(week)}
      {open && ' (not over)'}: <b>{share(part)}</b>
      {people === null ? `, ${hidden}` : `, ${int(users)} of ${int(people)} people who landed a change`}
      {before != null && `; a year before ${share(before)}`}.
    </>
  );
}

function note({ items }: FigureOf<AdoptionWeek>) {
  const floor = items.some(({ values }) => values.floor);
  return (
    floor &&
    'A floor: what tools report of their use is not collected, and completion in an editor leaves no mark.'
  );
}
