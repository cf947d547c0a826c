import type { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';

import { newEditor, teach, type Listener } from './editor';
import { useSchema, useVocabulary } from './queries';

interface Props extends Listener {
  initial: string;
  ready: (view: EditorView) => void;
}

/** The editor of the statement. Its text is its own: what the page wants of it, it does to the view. */
export function Editor({ initial, ready, ...listener }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  const schema = useSchema().data;
  const words = useVocabulary().data;

  useEffect(() => {
    if (!host.current) return;
    const made = newEditor(host.current, initial, {
      run: () => latest.current.run(),
      cancel: () => latest.current.cancel(),
      changed: (text, selection) => latest.current.changed(text, selection),
    });
    view.current = made;
    ready(made);
    return () => made.destroy();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- made once: another text is put into it, not another editor
  }, []);

  useEffect(() => {
    if (view.current && (schema || words)) teach(view.current, schema?.tables ?? [], words);
  }, [schema, words]);

  // Keys that are typed here are no shortcuts of the page, which sees only the host of the shadow root as their target.
  useEffect(() => {
    const element = host.current;
    const keep = (event: KeyboardEvent) => event.stopPropagation();
    element?.addEventListener('keydown', keep);
    return () => element?.removeEventListener('keydown', keep);
  }, []);
  return <div className="sql-editor" ref={host} />;
}
