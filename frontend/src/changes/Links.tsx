import { Link } from 'wouter';

import type { ChangeDetail } from '../api/types';
import { changeHref } from '../filter/codec';
import { dateTime } from '../format/time';
import { Figure } from '../parts/Figure';

type Found = ChangeDetail['links'][number];

const RELATION: Record<Found['relation'], string> = {
  reverted_by: 'Reverted by',
  fixed_by: 'Repaired by',
  reverts: 'Reverts',
  fixes: 'Repairs',
};

/** The changes that undid or repaired this one, and those that it undid or repaired. */
export function Links({ links }: { links: Found[] }) {
  return (
    <Figure title="Reverts and repairs">
      {links.length === 0 ? (
        <p className="lede">None was seen.</p>
      ) : (
        <ul className="links">
          {links.map((link) => (
            <li key={`${link.relation} ${link.change_id} ${link.method}`}>
              <b>{RELATION[link.relation]}</b> <Link href={changeHref(link.change_id)}>{link.change_id}</Link>
              <small>
                {dateTime(link.at)}, found by {link.method.replaceAll('_', ' ')}
                {link.effective === false && '; undone by a later revert, so it does not count'}
              </small>
            </li>
          ))}
        </ul>
      )}
    </Figure>
  );
}
