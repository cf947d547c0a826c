import { Link } from 'wouter';

import { changeHref } from '../filter/codec';
import { DASH } from '../format/number';
import { date, dateTime } from '../format/time';
import { ClassKey } from '../parts/Glyph';
import { Scroll } from '../parts/Scroll';
import { CLASS, PERMISSION, REVIEW, word } from '../words';
import type { RaisedRow } from './rows';

/** Changes that landed with more than the usual permission, newest first. */
export function RaisedTable({ items }: { items: RaisedRow[] }) {
  return (
    <Scroll label="Table: landed with more than the usual permission">
      <table className="plain permissions">
        <thead>
          <tr>
            <th scope="col">Landed</th>
            <th scope="col">Repository</th>
            <th scope="col">Team</th>
            <th scope="col">Written by</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">By</th>
            <th scope="col">Review</th>
            <th scope="col">Outage</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.change_id}>
              <th scope="row" title={dateTime(item.landed)}>
                <Link href={changeHref(item.change_id)}>{date(item.landed)}</Link>
              </th>
              <td>{item.repo}</td>
              <td>{item.team ?? DASH}</td>
              <td>
                <ClassKey of={item.class}>{CLASS[item.class]}</ClassKey>
              </td>
              <td>{word(PERMISSION, item.usual)}</td>
              <td>{word(PERMISSION, item.permission)}</td>
              <td>{item.by ?? DASH}</td>
              <td>{word(REVIEW, item.review_state)}</td>
              <td>{item.outage ? 'caused one' : DASH}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
