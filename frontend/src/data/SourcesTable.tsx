import type { Source } from '../api/types';
import { int, plural } from '../format/number';
import { age, dateTime, span } from '../format/time';
import { Scroll } from '../parts/Scroll';

const STATUS: Record<Source['status'], [string, string]> = {
  ok: ['Whole', 'passes'],
  partial: ['Partial', 'note'],
  failed: ['Failed', 'fails'],
  running: ['Running', 'note'],
};

/** The coverage ledger. */
export function SourcesTable({ sources }: { sources: Source[] }) {
  if (sources.length === 0) {
    return (
      <p className="lede">
        Nothing has been collected yet: <code>baserate collect git --data DIR PATH…</code>
      </p>
    );
  }
  return (
    <Scroll label="Table of sources">
      <table className="plain sources">
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">Scope</th>
            <th scope="col" className="number">
              New rows
            </th>
            <th scope="col">Last run</th>
            <th scope="col">Last success</th>
            <th scope="col">Errors and warnings</th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <Line key={`${source.source} ${source.scope} ${source.stream}`} source={source} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Line({ source }: { source: Source }) {
  const [words, tone] = STATUS[source.status];
  return (
    <tr>
      <td>
        <span className={`stamp is-${tone}`}>{words}</span>
      </td>
      <th scope="row" className="scope">
        {source.scope}
        <small>
          {source.source}, {source.stream}
        </small>
      </th>
      <td className="number">{int(source.rows)}</td>
      <When at={source.finished_at ?? source.started_at} />
      <When at={source.last_success_at} />
      <td className="troubles">
        {source.error && <p className="error">{source.error}</p>}
        <Warnings source={source} />
      </td>
    </tr>
  );
}

function When({ at }: { at?: string | null }) {
  return <td title={dateTime(at)}>{at ? `${span(age(at))} ago` : '–'}</td>;
}

function Warnings({ source }: { source: Source }) {
  if (source.warnings === 0) return source.error ? null : <span className="muted">none</span>;
  const details = source.warning_details ?? [];
  if (details.length === 0) return <p>{plural(source.warnings, 'warning')}</p>;
  return (
    <details>
      <summary>{plural(source.warnings, 'warning')}</summary>
      <ul>
        {details.map(({ code, detail }, i) => (
          <li key={i}>
            <code>{code}</code> {detail}
          </li>
        ))}
        {details.length < source.warnings && <li>and {int(source.warnings - details.length)} more</li>}
      </ul>
    </details>
  );
}
