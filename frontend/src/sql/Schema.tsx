import { useState } from 'react';

import { Trouble } from '../parts/Trouble';
import { shortType } from './grid';
import { useSchema, type Table } from './queries';

/** The views and their columns, to look through and to put into the statement. */
export function Schema({ insert }: { insert: (word: string) => void }) {
  const schema = useSchema();
  const [wanted, setWanted] = useState('');
  const tables = schema.data ? found(schema.data.tables, wanted) : [];
  return (
    <section aria-label="Views">
      <input
        type="search"
        aria-label="Find a view or column"
        placeholder="Find a view or column"
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      {schema.error && <Trouble what="The views" error={schema.error} retry={() => void schema.refetch()} />}
      {schema.data && tables.length === 0 && <p className="muted">Nothing is called so.</p>}
      {tables.map((table) => (
        <details key={table.name} open={wanted !== '' || table.name === 'changes'}>
          <summary title={table.comment}>{table.name}</summary>
          <p className="sql-comment">{table.comment}</p>
          <ul>
            {table.columns.map((column) => (
              <li key={column.name}>
                <button
                  onClick={() => insert(column.name)}
                  title={`${column.comment || column.name}. ${column.type}`}
                >
                  <b>{column.name}</b>
                  <span>{shortType(column.type)}</span>
                </button>
                {wanted !== '' && column.comment && <p className="sql-comment">{column.comment}</p>}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

/** The views of which the name or a column has the wanted text in its name or in what it says of itself. */
export function found(tables: Table[], wanted: string): Table[] {
  const text = wanted.trim().toLowerCase();
  if (!text) return tables;
  const has = (...words: string[]) => words.some((word) => word.toLowerCase().includes(text));
  return tables.flatMap((table) => {
    if (has(table.name)) return [table];
    const columns = table.columns.filter((column) => has(column.name, column.comment));
    return columns.length > 0 ? [{ ...table, columns }] : [];
  });
}
