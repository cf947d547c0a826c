import { FigureFrame } from '../charts';
import type { Scope } from '../filter/scope';
import { date } from '../format/time';
import type { Depth } from './depth';
import { DepthChart } from './DepthChart';
import { useEarlier } from './useEarlier';

/** How much of the week people use AI in. */
export function DepthFigure({ scope }: { scope: Scope }) {
  const earlier = useEarlier<Depth>('adoption_depth', scope);
  const before = earlier.rows.at(-1)?.values;
  return (
    <FigureFrame<Depth>
      id="adoption_depth"
      scope={scope}
      title="Days with AI"
      lede={({ items }) =>
        `People who landed a change in the week of ${date(items.at(-1)?.values.week)}, by the days of it on which they used AI`
      }
      note={({ items }) => (
        <>
          A day counts when a change with a mark of AI landed on it, or a tool reported use. Of one week, the
          last whole one: all weeks are in the table.
          {before && ` Grey: the week of ${date(before.week)}, of the period before.`}
          {items.at(-1)?.values.hidden &&
            ' Hatched: fewer than five people, or hidden so that they cannot be told by subtraction.'}
        </>
      )}
      height={240}
      empty="Nobody landed a change in a whole week of this time."
      chart={({ items }) => <DepthChart week={items.at(-1)!.values} before={before} />}
    />
  );
}
