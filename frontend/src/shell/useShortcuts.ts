import { useEffect, useRef } from 'react';

/** What a key or two keys, written with a space, do. */
export type Shortcuts = Record<string, () => void>;

const WAIT = 1_200; // milliseconds between the two keys
const STORED = 'shortcuts';

/** Whether single keys do anything: who speaks to the computer may not want them. */
export function shortcutsOn(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

export function turnShortcuts(on: boolean): void {
  try {
    localStorage.setItem(STORED, on ? 'on' : 'off');
  } catch {
    // storage is blocked: they stay as they are
  }
}

/** Listens for single keys, but not while something is typed or another key is held. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    let first = '';
    let at = 0;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target))
        return;
      const now = event.timeStamp;
      const both = first && now - at < WAIT ? `${first} ${event.key}` : event.key;
      const act = latest.current[both] ?? latest.current[event.key];
      first = event.key;
      at = now;
      if (!act || (event.key !== '?' && !shortcutsOn())) return;
      first = '';
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('input, select, textarea, [contenteditable], dialog') !== null
  );
}
