import { FigureFrame } from '../charts';
import type { Scope } from '../filter/scope';
import { plural } from '../format/number';
import { FunnelChart } from './FunnelChart';
import type { FunnelRow } from './limits';

/** Teams beside the limits of chance, so that small ones are not mistaken for bad ones. */
export function FunnelFigure({ scope }: { scope: Scope }) {
  return (
    <FigureFrame<FunnelRow>
      id="teams_funnel"
      scope={scope}
      title="How far chance alone goes"
      lede="Mistakes by changes, one dot a team. With few changes chance alone makes large differences: the limits are wide at the left"
      note={({ items }) => <Reading rows={items.map(({ values }) => values)} />}
      height={380}
      empty="No change here is by an author whose team is known."
      chart={({ items }) => <FunnelChart rows={items.map(({ values }) => values)} own={scope.team ?? []} />}
    />
  );
}

function Reading({ rows }: { rows: FunnelRow[] }) {
  const few = rows.filter((row) => row.rate === null).length;
  return (
    <>
      If all teams made mistakes equally often, 19 in 20 would lie within the inner limits and all but 1 in
      500 within the outer ones. Dots outside are dark; with many teams a few are there by chance. What else
      may play a part, the work or the repositories or how mistakes are noticed, the picture does not say.
      {few > 0 &&
        ` ${plural(few, 'team')} with fewer than 100 changes ${few === 1 ? 'is' : 'are'} not drawn.`}
    </>
  );
}
