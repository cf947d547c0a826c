import { useCallback, useEffect, useReducer, useRef } from 'react';

import { answer, client } from '../api/client';
import { RequestError } from '../api/problem';
import { base } from '../fleet/base';
import type { Cell, Column } from './grid';
import { IDLE, next, type Happening, type Progress, type QueryError } from './run';

type Tell = (what: Happening) => void;

const TAB = crypto.randomUUID?.() ?? String(Math.random());

/** Runs statements, one at a time, and follows each to its end. */
export function useRun(over: () => void) {
  const [run, tell] = useReducer(next, IDLE);
  const source = useRef<EventSource | null>(null);
  const turn = useRef(0);
  const ended = useRef(over);
  useEffect(() => {
    ended.current = over;
  });
  useEffect(() => () => source.current?.close(), []);

  const start = useCallback(async (sql: string, params: Record<string, string>) => {
    const mine = ++turn.current;
    source.current?.close();
    const tellMine: Tell = (what) => {
      if (turn.current !== mine) return;
      tell(what);
      if (what.kind === 'done' || what.kind === 'error') ended.current();
    };
    tell({ kind: 'asked' });
    try {
      const { id } = await answer(client.POST('/api/v1/sql/queries', { body: { sql, params, tab: TAB } }));
      tellMine({ kind: 'started', id });
      if (turn.current === mine) source.current = follow(id, tellMine);
    } catch (error) {
      tellMine({ kind: 'error', error: asFailure(error) });
    }
  }, []);

  const cancel = useCallback(async (id: string | undefined) => {
    if (!id) return;
    tell({ kind: 'cancelling' });
    try {
      await answer(client.DELETE('/api/v1/sql/queries/{id}', { params: { path: { id } } }));
    } catch (error) {
      tell({ kind: 'error', error: asFailure(error) });
    }
  }, []);

  return { run, start, cancel };
}

/** Listens to a query. The browser connects again by itself and goes on after the last event that came. */
function follow(id: string, tell: Tell): EventSource {
  const source = new EventSource(`${base()}/api/v1/sql/queries/${id}/events`);
  const on = (kind: string, then: (body: never) => void) =>
    source.addEventListener(kind, (event) => {
      if (event instanceof MessageEvent) then(JSON.parse(String(event.data)) as never);
    });
  on('meta', ({ columns }: { columns: Column[] }) => tell({ kind: 'meta', columns }));
  on('progress', (progress: Progress) => tell({ kind: 'progress', progress }));
  on('rows', ({ rows }: { rows: Cell[][] }) => tell({ kind: 'rows', rows }));
  on('done', ({ truncated, ...progress }: Progress & { truncated: boolean }) => {
    source.close();
    tell({ kind: 'done', truncated, progress, at: Date.now() });
  });
  on('error', (error: QueryError) => {
    source.close();
    tell({ kind: 'error', error });
  });
  source.addEventListener('error', (event) => {
    if (event instanceof MessageEvent || source.readyState !== EventSource.CLOSED) return;
    void asked(id, tell); // it is not tried again: what does the server know?
  });
  return source;
}

/** Asks how a query ended of which no more events can be had, so that nothing seems to run for ever. */
async function asked(id: string, tell: Tell) {
  try {
    const state = await answer(client.GET('/api/v1/sql/queries/{id}', { params: { path: { id } } }));
    tell({
      kind: 'error',
      error:
        state.error ?? lost(`The rows of the query (${state.status}) are not kept any more. Run it again.`),
    });
  } catch (error) {
    tell({ kind: 'error', error: asFailure(error) });
  }
}

function lost(message: string): QueryError {
  return { code: 'lost', message, line: 0, col: 0, number: 0 };
}

/** What the server said of a request that it refused; the place of a mistake is in its words. */
function asFailure(error: unknown): QueryError {
  if (!(error instanceof RequestError)) return lost(String(error));
  const { title, detail, action } = error.problem;
  const place = /\(line (\d+), col (\d+)\)/.exec(detail ?? '');
  return {
    ...lost([detail ?? title, detail ? '' : action].filter(Boolean).join('. ')),
    code: error.problem.code === 'invalid_sql' ? 'refused' : 'lost',
    line: Number(place?.[1] ?? 0),
    col: Number(place?.[2] ?? 0),
  };
}
