import { formatScope, type Scope } from '../filter/scope';

/** Said where the answer to a claim stands on a narrowed page: claims are answered for all there is. */
export function WholeFleet({ scope }: { scope: Scope }) {
  if (!formatScope(scope)) return null;
  return (
    <p className="whole-fleet" role="note">
      The answer and its table are of the whole fleet and of all time; they are not narrowed. The figures
      below are.
    </p>
  );
}
