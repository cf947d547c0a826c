import { useEffect, useRef, useState } from 'react';

import { PAGES } from './pages';
import { shortcutsOn, turnShortcuts } from './useShortcuts';

const OTHERS: [string, string][] = [
  ['f', 'To the filters'],
  ['t', 'Chart or table, of the figure in view'],
  ['c', 'Copy the link to this view'],
  ['[', 'The period before'],
  [']', 'The period after'],
  ['← →', 'In a chart: from step to step'],
  ['Ctrl ↵', 'In SQL: run'],
  ['Esc', 'Close, or cancel'],
  ['?', 'This list'],
];

/** The list of the keys that do something, and a way to turn the single ones off. */
export function Shortcuts({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(shortcutsOn);
  useEffect(() => dialog.current?.showModal(), []);
  const turn = (next: boolean) => {
    turnShortcuts(next);
    setOn(next);
  };
  return (
    <dialog ref={dialog} className="shortcuts" onClose={close} aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">Keyboard shortcuts</h2>
      <dl>
        {PAGES.map((page) => (
          <Key key={page.key} keys={`g ${page.key}`} does={page.name} />
        ))}
        {OTHERS.map(([keys, does]) => (
          <Key key={keys} keys={keys} does={does} />
        ))}
      </dl>
      <label>
        <input type="checkbox" checked={on} onChange={(event) => turn(event.target.checked)} /> Single keys do
        something
      </label>
      <button className="button" onClick={close}>
        Close
      </button>
    </dialog>
  );
}

function Key({ keys, does }: { keys: string; does: string }) {
  return (
    <div>
      <dt>
        <kbd>{keys}</kbd>
      </dt>
      <dd>{does}</dd>
    </div>
  );
}
