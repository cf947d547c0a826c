import { useEffect, useState } from 'react';

import { pinnedAt, pinPage } from '../api/client';

/** Copies the address of what is on the screen, which holds the whole filter: of the view, or of the view with these very numbers. */
export function CopyLink() {
  const [said, say] = useSaid();
  const copy = async (address: Promise<string>, done: string) => {
    try {
      await navigator.clipboard.writeText(await address);
      say(done);
    } catch {
      say('Not allowed');
    }
  };
  return (
    <>
      <button className="quiet wide-only" onClick={() => void copy(Promise.resolve(location.href), 'Copied')}>
        <span aria-live="polite">{said || 'Copy link'}</span>
      </button>
      {!pinnedAt() && (
        <button
          className="quiet wide-only"
          title="Copy a link that shows these numbers for good, whatever is collected later"
          onClick={() => void copy(pinned(), 'Copied with these numbers')}
        >
          Pin numbers
        </button>
      )}
    </>
  );
}

async function pinned(): Promise<string> {
  const address = new URL(location.href);
  address.searchParams.set('as_of', await pinPage());
  return address.href;
}

/** Words that go after two seconds. */
function useSaid(): [string, (words: string) => void] {
  const [said, say] = useState('');
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => say(''), 2_000);
    return () => clearTimeout(timer);
  }, [said]);
  return [said, say];
}
