import { Link } from 'wouter';

import { changeHref } from '../filter/codec';
import { DASH } from '../format/number';
import { dateTime } from '../format/time';
import { ClassKey } from '../parts/Glyph';
import { Scroll } from '../parts/Scroll';
import { CLASS, REVIEW, word } from '../words';
import type { BypassRow } from './rows';

/** When the rules of a branch were overridden, and what landed so. */
export function BypassTable({ items }: { items: BypassRow[] }) {
  return (
    <Scroll label="Table: rules that were overridden">
      <table className="plain permissions">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Repository</th>
            <th scope="col">Change</th>
            <th scope="col">Written by</th>
            <th scope="col">Rules</th>
            <th scope="col">Review</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item, i) => (
            <tr key={i}>
              <th scope="row">{dateTime(item.at)}</th>
              <td>{item.repo}</td>
              <td>
                {item.change_id ? <Link href={changeHref(item.change_id)}>the change</Link> : 'none is found'}
              </td>
              <td>{item.class ? <ClassKey of={item.class}>{CLASS[item.class]}</ClassKey> : DASH}</td>
              <td>{item.rules.join(', ') || 'not known'}</td>
              <td>{item.review_state ? word(REVIEW, item.review_state) : DASH}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
