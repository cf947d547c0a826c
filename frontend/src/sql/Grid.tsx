import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';

import { isNumber, shortType, shown, tsv, widths, type Range } from './grid';
import type { Result } from './run';

const ROW = 28;
const HEAD = 44;

/** The rows, of which only those in sight are in the page. Arrows move, with shift they select, and what is selected is copied. */
export function Grid({ result }: { result: Result }) {
  const { columns, rows } = result;
  const box = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState<Range>({ row: 0, col: 0, toRow: 0, toCol: 0 });
  const [copied, setCopied] = useState('');
  // eslint-disable-next-line react-hooks/incompatible-library -- the one place that uses it; nothing here is memoised
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 8,
    paddingStart: HEAD,
    scrollPaddingStart: HEAD,
    initialRect: { width: 800, height: 400 },
  });
  const template = widths(columns, rows)
    .map((n) => `minmax(${n}ch, 1fr)`)
    .join(' ');
  const copy = () => {
    void navigator.clipboard.writeText(tsv(rows, range)).then(() => setCopied('Copied'));
  };
  const keys = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'c') copy();
    const to = moved(range, event, rows.length, columns.length);
    if (!to) return;
    event.preventDefault();
    setRange(to);
    setCopied('');
    virtual.scrollToIndex(to.toRow);
  };
  return (
    <>
      <div
        className="sql-grid"
        ref={box}
        role="grid"
        tabIndex={0}
        aria-label="Rows"
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-multiselectable
        aria-activedescendant={rows.length > 0 ? cellID(range.toRow, range.toCol) : undefined}
        onKeyDown={keys}
      >
        <div className="sql-table" style={{ height: virtual.getTotalSize() }} role="rowgroup">
          <Head result={result} template={template} />
          {virtual.getVirtualItems().map((item) => (
            <Row
              key={item.key}
              result={result}
              index={item.index}
              range={range}
              select={setRange}
              style={{ gridTemplateColumns: template, transform: `translateY(${item.start}px)` }}
            />
          ))}
        </div>
      </div>
      <span className="hidden" role="status">
        {copied}
      </span>
    </>
  );
}

function Head({ result, template }: { result: Result; template: string }) {
  return (
    <div role="row" aria-rowindex={1} className="sql-head" style={{ gridTemplateColumns: template }}>
      {result.columns.map((column, i) => (
        <div
          role="columnheader"
          key={i}
          className={isNumber(column.type) ? 'number' : ''}
          title={column.type}
        >
          {column.name}
          <small>{shortType(column.type)}</small>
        </div>
      ))}
    </div>
  );
}

interface RowProps {
  result: Result;
  index: number;
  range: Range;
  select: (range: Range) => void;
  style: CSSProperties;
}

function Row({ result, index, range, select, style }: RowProps) {
  const row = result.rows[index];
  return (
    <div role="row" aria-rowindex={index + 2} className="sql-row" style={style}>
      {result.columns.map((column, i) => (
        <div
          role="gridcell"
          id={cellID(index, i)}
          key={i}
          aria-selected={inside(range, index, i)}
          className={cellClass(row?.[i], isNumber(column.type))}
          onClick={(event) => select(event.shiftKey ? { ...range, toRow: index, toCol: i } : at(index, i))}
        >
          {shown(row?.[i])}
        </div>
      ))}
    </div>
  );
}

function cellID(row: number, col: number): string {
  return `cell-${row}-${col}`;
}

function cellClass(cell: unknown, number: boolean): string {
  return `${number ? 'number' : ''} ${cell === null ? 'null' : ''}`.trim();
}

function at(row: number, col: number): Range {
  return { row, col, toRow: row, toCol: col };
}

function inside({ row, col, toRow, toCol }: Range, r: number, c: number): boolean {
  return (
    r >= Math.min(row, toRow) &&
    r <= Math.max(row, toRow) &&
    c >= Math.min(col, toCol) &&
    c <= Math.max(col, toCol)
  );
}

const STEPS: Record<string, [number, number]> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  PageDown: [12, 0],
  PageUp: [-12, 0],
};

/** Where a key leads to; undefined for other keys. */
export function moved(
  range: Range,
  key: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey'>,
  rows: number,
  cols: number,
): Range | undefined {
  const all = key.ctrlKey || key.metaKey;
  if (all && key.key === 'a') return { row: 0, col: 0, toRow: rows - 1, toCol: cols - 1 };
  const step = STEPS[key.key];
  let to: [number, number] | undefined;
  if (step) to = [range.toRow + step[0], range.toCol + step[1]];
  if (key.key === 'Home') to = all ? [0, 0] : [range.toRow, 0];
  if (key.key === 'End') to = all ? [rows - 1, cols - 1] : [range.toRow, cols - 1];
  if (!to) return undefined;
  const row = Math.max(0, Math.min(rows - 1, to[0]));
  const col = Math.max(0, Math.min(cols - 1, to[1]));
  return key.shiftKey ? { ...range, toRow: row, toCol: col } : at(row, col);
}
