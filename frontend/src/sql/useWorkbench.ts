import type { EditorView } from '@codemirror/view';
import { useEffect, useRef, useState } from 'react';

import { clearErrors, markError, replaceAll } from './editor';
import { useHistoryAnew, type Past, type SavedQuery } from './queries';
import { underWay } from './run';
import { toRun, type Span } from './statements';
import { useAsk } from './useAsk';
import { useDraft } from './useDraft';
import { useFavicon } from './useFavicon';
import { useParamValues } from './useParamValues';
import { useRun } from './useRun';

export interface Props {
  place: string;
  initial: string;
  query: SavedQuery | undefined;
}

/** What the workbench holds and does: the text and its values, the run, and what leads from one to the other. */
export function useWorkbench({ place, initial, query }: Props) {
  const view = useRef<EditorView | null>(null);
  const [text, setText] = useState(initial);
  const [selection, setSelection] = useState<Span>({ from: 0, to: 0 });
  const { keep, drop, kept } = useDraft(place);
  const params = useParamValues(query?.params ?? {});
  const { run, start, cancel } = useRun(useHistoryAnew());
  const running = underWay(run);
  const ask = useAsk(start);
  const ran = useRef<Span>({ from: 0, to: 0 });
  const marked = useRef(false); // a mistake is marked in the text
  useFavicon(running);

  const span = toRun(text, selection);
  const statement = text.slice(span.from, span.to);
  // What is run is what the editor holds when it is asked to, which the page may not have drawn yet.
  const go = () => {
    const now = view.current?.state;
    const whole = now?.doc.toString() ?? text;
    ran.current = toRun(whole, now?.selection.main ?? selection);
    if (view.current) clearErrors(view.current);
    ask.run(whole.slice(ran.current.from, ran.current.to), params.values);
  };
  const stop = () => {
    if (running) void cancel(run.id);
    return running;
  };
  const changed = (now: string, { from, to }: Span) => {
    setSelection({ from, to });
    if (now === text) return;
    if (marked.current) queueMicrotask(() => view.current && clearErrors(view.current)); // not within a change of the editor's
    marked.current = false;
    setText(now);
    keep(now);
  };
  const open = (past: Past) => {
    if (view.current) replaceAll(view.current, past.sql);
    params.replace(past.params);
  };

  useEffect(() => {
    if (!view.current || !run.error || run.phase !== 'failed') return;
    markError(view.current, ran.current.from, run.error);
    marked.current = true;
  }, [run.error, run.phase]);
  useEffect(() => {
    if (!running) return;
    const escape = (event: KeyboardEvent) => event.key === 'Escape' && void cancel(run.id);
    addEventListener('keydown', escape);
    return () => removeEventListener('keydown', escape);
  }, [running, run.id, cancel]);

  const edited = query !== undefined && query.sql !== text;
  const ready = (made: EditorView) => {
    view.current = made;
  };
  return {
    view,
    ready,
    text,
    statement,
    params,
    run,
    running,
    ask,
    go,
    stop,
    changed,
    open,
    edited,
    kept,
    dropDraft: drop,
  };
}
