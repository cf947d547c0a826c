import { FigureFrame } from '../charts';
import type { Scope } from '../filter/scope';
import { Heat, type HeatCell } from '../permissions/Heat';

/** Mistakes of changes with AI by permission and review: the darker, the more. */
export function PermissionReview({ scope }: { scope: Scope }) {
  return (
    <FigureFrame<HeatCell>
      id="permissions_reviews"
      scope={scope}
      title="Permission and review"
      height={300}
      image={false}
      empty="For no mature change with AI both permission and review are known."
      chart={({ items }) => <Heat items={items} />}
      note="Changes with AI whose 14 days are over. Nothing is held equal. Cells under 100 changes are not shown."
    />
  );
}
