import { useEffect, useState } from 'react';

/** Copies the address of what is on the screen; the address holds the whole filter. */
export function CopyLink() {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(''), 2_000);
    return () => clearTimeout(timer);
  }, [said]);

  const copy = () =>
    navigator.clipboard.writeText(location.href).then(
      () => setSaid('Copied'),
      () => setSaid('Not allowed'),
    );
  return (
    <button className="quiet wide-only" onClick={() => void copy()}>
      <span aria-live="polite">{said || 'Copy link'}</span>
    </button>
  );
}
