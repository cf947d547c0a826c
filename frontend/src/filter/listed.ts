import type { Filter } from './codec';
import type { Scope } from './scope';

/** A page's scope as a filter of the list of changes; a range of weeks begins where the figures said that it does. */
export function listed(
  { repo, team, tier, class: classes, from, to }: Scope,
  begins?: string | null,
): Filter {
  return { repo, team, tier, class: classes, from: begins ?? from, to };
}
