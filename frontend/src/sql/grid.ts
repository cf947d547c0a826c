/** Cells as they are shown and copied. Integers of 64 bits and decimals come as strings and stay so: no digit is lost. */

export type Cell = string | number | boolean | null;

export interface Column {
  name: string;
  type: string;
}

/** Rows of a column are right-aligned and can be plotted. */
export function isNumber(type: string): boolean {
  return /^(?:U?Int\d+|Float\d+|BFloat16|Decimal)/.test(bare(type));
}

export function isTime(type: string): boolean {
  return /^Date/.test(bare(type));
}

/** A type without what only says how it is kept: LowCardinality(Nullable(String)) is String. */
export function bare(type: string): string {
  const inner = /^(?:LowCardinality|Nullable)\((.*)\)$/.exec(type)?.[1];
  return inner === undefined ? type : bare(inner);
}

/** A type as short as it is still understood: the names of an enumeration go. */
export function shortType(type: string): string {
  return bare(type)
    .replace(/^(Enum\d+)\(.*\)$/, '$1')
    .replace(/, 'UTC'/, '')
    .replace(/\('UTC'\)/, '');
}

export function shown(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return 'NULL';
  return String(cell);
}

/** Columns as wide as their longest value among the first rows, between 7 and 48 characters. */
export function widths(columns: Column[], rows: Cell[][]): number[] {
  return columns.map((column, i) => {
    let most = Math.max(column.name.length, shortType(column.type).length) + 1;
    for (const row of rows.slice(0, 200)) most = Math.max(most, shown(row[i]).length);
    return Math.min(48, Math.max(7, most));
  });
}

export interface Range {
  row: number;
  col: number;
  toRow: number;
  toCol: number;
}

/** A part of the rows as a spreadsheet takes it; tabs and line ends in a value become blanks. */
export function tsv(rows: Cell[][], range: Range): string {
  const [top, bottom] = [Math.min(range.row, range.toRow), Math.max(range.row, range.toRow)];
  const [left, right] = [Math.min(range.col, range.toCol), Math.max(range.col, range.toCol)];
  return rows
    .slice(top, bottom + 1)
    .map((row) =>
      row
        .slice(left, right + 1)
        .map((cell) => shown(cell).replace(/[\t\r\n]+/g, ' '))
        .join('\t'),
    )
    .join('\n');
}
