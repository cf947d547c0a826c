import type { FigureOf } from '../api/figures';
import { FigureFrame, LineChart, type Series } from '../charts';
import type { Scope } from '../filter/scope';
import { share } from '../format/number';

interface Week {
  week: string;
  open: boolean;
  ai_agent: number;
  ai_assisted: number;
  human: number;
  unknown: number;
  automation: number;
}

const HEIGHT = 264;

/** "Who the changes come from": the part of each author class, week by week. Lines and not a filled stack: shares are to be compared. */
export function MixFigure({ scope }: { scope: Scope }) {
  return (
    <FigureFrame<Week>
      id="changes_weeks"
      scope={scope}
      title="Who the changes come from"
      lede="Share of the changes that landed in a week"
      height={HEIGHT}
      empty="No change landed in this time."
      chart={(figure) => <Mix weeks={figure.items.map(({ values }) => values)} />}
      note={openNote}
    />
  );
}

function Mix({ weeks }: { weeks: Week[] }) {
  const lines = seriesOf(weeks);
  const last = weeks.findLastIndex((week) => !week.open);
  const words = lines.map((line) => `${line.name} ${share(line.values[last])}`).join(', ');
  return (
    <LineChart
      label={`Share of changes by author class, week by week. In the last full week: ${words}.`}
      days={weeks.map(({ week }) => week)}
      open={weeks.map(({ open }) => open)}
      series={lines}
      height={HEIGHT}
    />
  );
}

/** The classes that occur at all; human by evidence and unknown together are those with no AI recorded. */
export function seriesOf(weeks: Week[]): Series[] {
  const all = (week: Week) => week.ai_agent + week.ai_assisted + week.human + week.unknown + week.automation;
  const line = (id: string, of: Series['of'], name: string, count: (week: Week) => number): Series => ({
    id,
    of,
    name,
    values: weeks.map((week) => (all(week) > 0 ? count(week) / all(week) : null)),
  });
  return [
    line('none', 'human', 'No AI recorded', (week) => week.human + week.unknown),
    line('assisted', 'ai_assisted', 'AI-assisted', (week) => week.ai_assisted),
    line('agent', 'ai_agent', 'AI agent', (week) => week.ai_agent),
    line('bot', 'automation', 'Bot', (week) => week.automation),
  ].filter(({ values }) => values.some((value) => value));
}

function openNote({ items }: FigureOf<Week>) {
  return items.some(({ values }) => values.open) && 'Dashed and hollow: the week in which the data end.';
}
