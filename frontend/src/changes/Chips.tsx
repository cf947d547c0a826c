import { Link } from 'wouter';

import { changesHref, type Filter } from '../filter/codec';
import { chips } from '../filter/words';

/** The parts of the filter, each of which can be taken off. */
export function Chips({ filter }: { filter: Filter }) {
  const all = chips(filter);
  if (all.length === 0) return null;
  return (
    <ul className="chips" aria-label="Filter">
      {all.map((chip) => (
        <li key={chip.key}>
          <Link className="chip" href={changesHref(chip.without)} aria-label={`Remove ${chip.label}`}>
            {chip.label}
            <span aria-hidden="true">×</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
