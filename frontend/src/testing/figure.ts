type Values = Record<string, unknown>;

/** The answer of a figure with some rows, each its values or its values and the addresses of what they count. */
export function figure(id: string, rows: (Values | [Values, Record<string, string>?])[], facts: Values = {}) {
  const items = rows.map((row) =>
    Array.isArray(row) ? { values: row[0], rows: row[1] ?? {} } : { values: row, rows: {} },
  );
  const columns = Object.keys(items[0]?.values ?? {}).map((name) => ({
    name,
    label: name,
    unit: name === 'week' ? 'day' : 'text',
    about: '',
  }));
  const total = items.length;
  const stands = { id, version: 1, title: id, ignored: [], limit: 1000, truncated: false };
  return { ...stands, columns, items, total, data_to: '2026-11-22T23:00:00Z', ...facts };
}
