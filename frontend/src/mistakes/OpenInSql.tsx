import { Link } from 'wouter';

import { openInSQL } from '../sql/address';
import query from './mistakes.sql?raw';

/** Leads to the workbench with the counts behind the raw rates. The query of the ratio itself reads tables that are not open there. */
export function OpenInSql() {
  return (
    <Link className="quiet" href={openInSQL(query)}>
      Open the counts in SQL
    </Link>
  );
}
