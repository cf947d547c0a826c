import { Link } from 'wouter';

import { changeHref } from '../filter/codec';
import { DASH, int } from '../format/number';
import { date } from '../format/time';
import { ClassKey } from '../parts/Glyph';
import { Scroll } from '../parts/Scroll';
import { CLASS, PERMISSION, REVIEW, word } from '../words';
import type { SkippedRow } from './rows';

/** Changes that landed without a second person. */
export function SkippedTable({ items }: { items: SkippedRow[] }) {
  return (
    <Scroll label="Table: changes without a second person">
      <table className="plain skipped">
        <thead>
          <tr>
            <th scope="col">Change</th>
            <th scope="col">Landed</th>
            <th scope="col" className="number">
              Tier
            </th>
            <th scope="col" className="number">
              Lines
            </th>
            <th scope="col">Written by</th>
            <th scope="col">Instead</th>
            <th scope="col">Permission</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.change_id}>
              <th scope="row" className="title">
                <Link href={changeHref(item.change_id)}>{item.title || '(no title)'}</Link>
                <small>
                  {item.repo}
                  {item.team && ` · ${item.team}`}
                </small>
              </th>
              <td>{date(item.landed)}</td>
              <td className="number">{item.tier ?? DASH}</td>
              <td className="number">{int(item.lines)}</td>
              <td>
                <ClassKey of={item.class}>{CLASS[item.class]}</ClassKey>
              </td>
              <td>{word(REVIEW, item.reason)}</td>
              <td>{item.permission === 'unknown' ? DASH : word(PERMISSION, item.permission)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
