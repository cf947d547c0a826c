import { Link } from 'wouter';

import type { ChangeDetail } from '../api/types';
import { changeHref } from '../filter/codec';
import { dateTime } from '../format/time';
import { Figure } from '../parts/Figure';
import { word } from '../words';

type Found = ChangeDetail['links'][number];

const RELATION: Record<Found['relation'], string> = {
  reverted_by: 'Reverted by',
  fixed_by: 'Repaired by',
  reverts: 'Reverts',
  fixes: 'Repairs',
};

/** What tied the two together, by the methods of the view baserate.links. */
const FOUND: Record<string, string> = {
  sha: 'the message names the commit',
  pull_request: 'the message names the pull request',
  title: 'the message repeats the title',
  fixes_trailer: 'a Fixes: trailer names the commit',
  same_files: 'a fix of files that this change had touched last',
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
                {dateTime(link.at)}, {word(FOUND, link.method)}
                {link.effective === false && '; undone by a later revert, so it does not count'}
              </small>
            </li>
          ))}
        </ul>
      )}
    </Figure>
  );
}
