import { FigureFrame, LineChart } from '../charts';
import type { AuthorClass } from '../api/types';
import type { Scope } from '../filter/scope';
import { int, share } from '../format/number';
import { date } from '../format/time';
import { CLASS } from '../words';

type Classes = Record<AuthorClass, number> & { week: string; open: boolean };

const ORDER: AuthorClass[] = ['ai_agent', 'ai_assisted', 'unknown', 'human', 'automation'];

/** Who the changes come from, as a share of the changes of the week. */
export function ClassesFigure({ scope }: { scope: Scope }) {
  return (
    <FigureFrame<Classes>
      id="changes_weeks"
      scope={scope}
      title="Who the changes come from"
      lede="Share of the changes that landed in the week, by author class"
      note="A change with no AI recorded carries no mark of it; that is not the same as written without AI. Counts of changes lead to their lists from the table."
      height={300}
      empty="No change landed in this time."
      chart={({ items }) => {
        const weeks = items.map(({ values }) => values);
        return (
          <LineChart
            label="Share of changes by author class and week."
            days={weeks.map(({ week }) => week)}
            open={weeks.map(({ open }) => open)}
            series={occurring(weeks).map((of) => ({
              id: of,
              of,
              name: of === 'human' ? 'Human' : CLASS[of],
              values: weeks.map((week) => week[of] / total(week)),
            }))}
            readout={(at) => <Words week={weeks[at]!} classes={occurring(weeks)} />}
          />
        );
      }}
    />
  );
}

function Words({ week, classes }: { week: Classes; classes: AuthorClass[] }) {
  return (
    <>
      <b>Week of {date(week.week)}</b>
      {week.open && ' (not over)'}, {int(total(week))} changes:{' '}
      {classes.map((of) => `${CLASS[of]} ${share(week[of] / total(week))}`).join(' · ')}
    </>
  );
}

function occurring(weeks: Classes[]): AuthorClass[] {
  return ORDER.filter((of) => weeks.some((week) => week[of] > 0));
}

/** Of a week of the figure, which has at least one change. */
function total(week: Classes): number {
  return ORDER.reduce((sum, of) => sum + week[of], 0);
}
