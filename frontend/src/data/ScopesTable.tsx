import type { Source } from '../api/types';
import { int, plural } from '../format/number';
import { dateTime } from '../format/time';
import { Scroll } from '../parts/Scroll';
import { Stamp } from './Stamp';
import { ageWords, scopeStatus } from './status';

/** Rows of the coverage ledger. */
export function ScopesTable({ scopes, label }: { scopes: Source[]; label: string }) {
  return (
    <Scroll label={label}>
      <table className="plain sources">
        <thead>
          <tr>
            <th scope="col">Scope</th>
            <th scope="col">Last run</th>
            <th scope="col">Age of the data</th>
            <th scope="col" className="number">
              New rows
            </th>
            <th scope="col" className="number">
              Requests
            </th>
            <th scope="col">Errors and warnings</th>
          </tr>
        </thead>
        <tbody>
          {scopes.map((scope) => (
            <Line key={`${scope.source} ${scope.scope} ${scope.stream}`} scope={scope} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Line({ scope }: { scope: Source }) {
  return (
    <tr>
      <th scope="row" className="scope">
        {scope.scope}
        <small>
          {scope.source}, {scope.stream}
        </small>
      </th>
      <td title={dateTime(scope.finished_at ?? scope.started_at)}>
        <Stamp {...scopeStatus(scope)} />
      </td>
      <td title={dateTime(scope.last_success_at)}>{ageWords(scope.last_success_at)}</td>
      <td className="number">{int(scope.rows)}</td>
      <td className="number">{int(scope.requests)}</td>
      <td className="troubles">
        {scope.error && <p className={scope.status === 'failed' ? 'error' : undefined}>{scope.error}</p>}
        <Warnings scope={scope} />
        {scope.cursor && (
          <details>
            <summary>Cursor</summary>
            <code>{scope.cursor}</code>
          </details>
        )}
      </td>
    </tr>
  );
}

function Warnings({ scope }: { scope: Source }) {
  if (scope.warnings === 0) return scope.error ? null : <span className="muted">none</span>;
  const details = scope.warning_details ?? [];
  if (details.length === 0) return <p>{plural(scope.warnings, 'warning')}</p>;
  return (
    <details>
      <summary>{plural(scope.warnings, 'warning')}</summary>
      <ul>
        {details.map(({ code, detail }, i) => (
          <li key={i}>
            <code>{code}</code> {detail}
          </li>
        ))}
        {details.length < scope.warnings && <li>and {int(scope.warnings - details.length)} more</li>}
      </ul>
    </details>
  );
}
