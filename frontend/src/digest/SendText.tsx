import { useState } from 'react';

/** The digest as text: to copy into a message, or to save. */
export function SendText({ name, text }: { name: string; text: string }) {
  const [said, say] = useState('');
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => say('Copied'),
      () => say('Not allowed'),
    );
  return (
    <span className="send">
      <button className="quiet" onClick={() => void copy()}>
        <span aria-live="polite">{said || 'Copy as text'}</span>
      </button>
      <a
        className="quiet"
        href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
        download={`${name}.txt`}
      >
        Save as text
      </a>
      <button className="quiet wide-only" onClick={() => print()}>
        Print
      </button>
    </span>
  );
}
