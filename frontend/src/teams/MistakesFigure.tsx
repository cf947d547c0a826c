import { useFigure, type FigureRow } from '../api/figures';
import { FigureFrame, Num } from '../charts';
import type { AuthorClass } from '../api/types';
import type { Scope } from '../filter/scope';
import { interval, ratio } from '../format/number';
import { ClassKey } from '../parts/Glyph';

/** A row of figure teams_mistakes. */
export interface Compared {
  class: AuthorClass;
  mistakes: number;
  changes: number;
  other_mistakes: number;
  other_changes: number;
  ratio: number | null;
  low: number | null;
  high: number | null;
  noticeable: number | null;
  hidden: string;
}

/** The team's mistakes with AI and without, or what it would take to tell. */
export function MistakesFigure({ scope, fleet }: { scope: Scope; fleet: Scope }) {
  const all = useFigure<Compared>('teams_mistakes', fleet).data?.items ?? [];
  return (
    <FigureFrame<Compared>
      id="teams_mistakes"
      scope={scope}
      title="Mistakes with AI and without"
      image={false}
      note="As the changes happened, with nothing held equal: it is not an experiment. The Overview compares like with like, for the whole fleet."
      height={200}
      chart={({ items }) =>
        items.map((row) => (
          <Said
            key={row.values.class}
            row={row}
            fleet={all.find(({ values }) => values.class === row.values.class)?.values}
          />
        ))
      }
    />
  );
}

function Said({ row: { values, rows }, fleet }: { row: FigureRow<Compared>; fleet?: Compared }) {
  return (
    <p className="in-words">
      <ClassKey of={values.class} />: <Num value={values.mistakes} href={rows.mistakes} /> mistakes in{' '}
      <Num value={values.changes} href={rows.changes} /> changes, beside{' '}
      <Num value={values.other_mistakes} href={rows.other_mistakes} /> in{' '}
      <Num value={values.other_changes} href={rows.other_changes} /> with no AI recorded. {answer(values)}
      {fleet?.ratio != null && ` The whole fleet: ${times(fleet)}.`}
    </p>
  );
}

/** A ratio with its interval, or why there is none and what would stand out. */
export function answer(values: Compared): string {
  if (values.ratio !== null) return `That is ${times(values)}.`;
  if (values.hidden === 'no changes to compare') return 'There is nothing to compare.';
  const out =
    values.noticeable === null
      ? 'not even ×20 would stand out'
      : `only ×${values.noticeable.toFixed(1)} or more would stand out`;
  return `Not enough data (${values.hidden}): with so many changes ${out}.`;
}

function times(values: Compared): string {
  return `${ratio(values.ratio)} times as often (${interval(values.low, values.high)})`;
}
