import { Link } from 'wouter';

import { date } from '../format/time';
import { useHistory, useSaved, type Past } from './queries';
import { nameOf } from './statements';
import { took } from './words';

/** The saved queries of this server. */
export function SavedList({ current }: { current: string | undefined }) {
  const saved = useSaved().data;
  if (!saved) return null;
  return (
    <section aria-labelledby="sql-saved">
      <h2 id="sql-saved">Saved</h2>
      {saved.items.length === 0 && (
        <p className="muted">Nothing yet. Save keeps a query here for everybody.</p>
      )}
      <ul className="sql-list">
        {saved.items.map((query) => (
          <li key={query.slug}>
            <Link href={`/sql/q/${query.slug}`} aria-current={query.slug === current ? 'page' : undefined}>
              {query.name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was run, newest first. There are no accounts yet, so it is everybody's, which it says. */
export function HistoryList({ open }: { open: (past: Past) => void }) {
  const history = useHistory().data;
  if (!history) return null;
  return (
    <section aria-labelledby="sql-history">
      <h2 id="sql-history">History</h2>
      <p className="muted">Of everybody who uses this server; kept for 180 days.</p>
      <ul className="sql-list sql-past">
        {history.items.map((past) => (
          <li key={past.id}>
            <button onClick={() => open(past)} title={past.sql.slice(0, 1000)}>
              <code>{nameOf(past.sql)}</code>
              <span>{pastWords(past)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** "09:12 · 0.21 s", with the day before today and with how it ended when it was not well. */
export function pastWords(past: Pick<Past, 'started_at' | 'status' | 'progress'>, now = new Date()): string {
  const at = new Date(past.started_at);
  const day = date(at) === date(now) ? '' : `${date(at)}, `;
  const clock = at.toISOString().slice(11, 16);
  return `${day}${clock} · ${past.status === 'done' ? took(past.progress.elapsed_ms) : past.status}`;
}
