import { useState } from 'react';

import { markdownHref } from './useDigest';

/** The digest as text: to copy into a message, or to save. */
export function SendText({ week }: { week: string }) {
  const [said, say] = useState('');
  const copy = async () => {
    try {
      const response = await fetch(new Request(new URL(markdownHref(week), location.origin)));
      if (!response.ok) throw new Error(`${response.status}`);
      await navigator.clipboard.writeText(await response.text());
      say('Copied');
    } catch {
      say('Not possible');
    }
  };
  return (
    <span className="send">
      <button className="quiet" onClick={() => void copy()}>
        <span aria-live="polite">{said || 'Copy as text'}</span>
      </button>
      <a className="quiet" href={markdownHref(week)} download={`baserate-${week}.md`}>
        Save as text
      </a>
      <button className="quiet wide-only" onClick={() => print()}>
        Print
      </button>
    </span>
  );
}
