import { useCallback, useEffect, useRef, useState } from 'react';

import { dropDraft, writeDraft, writeParting } from './drafts';

const PAUSE = 200; // milliseconds without a key before it is written

/** Keeps a text as the draft of a place, on every change, and at the latest when the page goes. */
export function useDraft(place: string) {
  const waiting = useRef<{ text: string; timer: ReturnType<typeof setTimeout> } | null>(null);
  const [kept, setKept] = useState(true);

  const flush = useCallback(() => {
    if (!waiting.current) return;
    clearTimeout(waiting.current.timer);
    void writeDraft(place, waiting.current.text).then(setKept);
    waiting.current = null;
  }, [place]);

  const keep = useCallback(
    (text: string) => {
      if (waiting.current) clearTimeout(waiting.current.timer);
      waiting.current = { text, timer: setTimeout(flush, PAUSE) };
    },
    [flush],
  );

  const drop = useCallback(() => {
    if (waiting.current) clearTimeout(waiting.current.timer);
    waiting.current = null;
    void dropDraft(place);
  }, [place]);

  useEffect(() => {
    const part = () => {
      if (waiting.current) writeParting(place, waiting.current.text);
      flush();
    };
    addEventListener('pagehide', part);
    return () => {
      removeEventListener('pagehide', part);
      flush();
    };
  }, [flush, place]);
  return { keep, drop, kept };
}
