import { useId, useRef, useState, type ReactNode } from 'react';

import { figureCsv, useFigure, type Cell, type FigureOf, type FigureRow } from '../api/figures';
import type { Scope } from '../filter/scope';
import { Trouble } from '../parts/Trouble';
import { Waiting } from '../parts/Waiting';
import { Boundary } from './Boundary';
import { FigureTable } from './FigureTable';
import { ignoredWords } from './ignored';
import { Tools } from './Tools';

/** Something to show, or a function of the figure's answer that makes it. */
type Shown<V> = ReactNode | ((figure: FigureOf<V>) => ReactNode);

interface Props<V> {
  id: string;
  scope: Scope;
  title: string;
  lede?: Shown<V>;
  note?: Shown<V>;
  height?: number; // of the chart in pixels, kept free while it is loading
  /** The picture. Without one the figure is its table. */
  chart?: (figure: FigureOf<V>) => ReactNode;
  table?: (figure: FigureOf<V>) => ReactNode; // instead of the table of all columns
  /** Whether the picture is an SVG that can be taken along; not so where it is a table of HTML. */
  image?: boolean;
  empty?: ReactNode; // said when the figure has no rows
  className?: string;
  level?: 2 | 3;
}

/**
 * A figure with all that stands around it: title, tools, loading, empty, error, and what of the scope it does not obey. The chart is
 * given the figure's answer, the table is made of its columns.
 */
export function FigureFrame<V = Record<string, Cell>>(props: Props<V>) {
  const { id, scope, title, className = '', chart, image = chart !== undefined, level = 2 } = props;
  const [table, setTable] = useState(false);
  const drawing = useRef<HTMLDivElement>(null);
  const heading = useId();
  const query = useFigure<V>(id, scope);
  const busy = query.isFetching && query.data !== undefined;
  const Title = `h${level}` as 'h2' | 'h3';
  return (
    <section id={id} className={`figure framed ${className}`} aria-labelledby={heading} aria-busy={busy}>
      <header>
        <Title id={heading}>{title}</Title>
        <div className="tools">
          <Tools
            id={id}
            csv={figureCsv(id, scope)}
            table={chart ? table : undefined}
            setTable={setTable}
            drawing={image ? drawing : undefined}
          />
        </div>
      </header>
      {query.error && <Trouble what={title} error={query.error} retry={() => void query.refetch()} />}
      {!query.data && !query.error && <Waiting what={title.toLowerCase()} height={props.height ?? 240} />}
      {query.data && (
        <Boundary what={title}>
          <Body {...props} figure={query.data} asTable={table || !chart} drawing={drawing} />
        </Boundary>
      )}
    </section>
  );
}

interface BodyProps<V> extends Props<V> {
  figure: FigureOf<V>;
  asTable: boolean;
  drawing: React.RefObject<HTMLDivElement | null>;
}

function Body<V>({ figure, asTable, drawing, lede, note, chart, table, empty, title }: BodyProps<V>) {
  const ignored = ignoredWords(figure.ignored);
  const none = figure.items.length === 0;
  return (
    <>
      {lede && !none && <p className="lede">{shown(lede, figure)}</p>}
      <div ref={drawing} className="drawing">
        {none ? (
          <p className="empty">{empty ?? 'There is nothing to show for this choice.'}</p>
        ) : asTable ? (
          (table?.(figure) ?? (
            <FigureTable
              label={title}
              columns={figure.columns}
              items={figure.items as FigureRow<Record<string, Cell>>[]}
            />
          ))
        ) : (
          chart?.(figure)
        )}
      </div>
      {(note || ignored || figure.truncated) && (
        <div className="note">
          {note && !none && <p>{shown(note, figure)}</p>}
          {figure.truncated && (
            <p>
              The first {figure.items.length} of {figure.total} rows; the CSV has all.
            </p>
          )}
          {ignored && <p className="ignored">{ignored}</p>}
        </div>
      )}
    </>
  );
}

function shown<V>(what: Shown<V>, figure: FigureOf<V>): ReactNode {
  return typeof what === 'function' ? what(figure) : what;
}
