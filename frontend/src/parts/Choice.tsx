import type { ReactNode } from 'react';

interface Props<K extends string> {
  label: string;
  options: readonly K[];
  words: Record<K, ReactNode>;
  chosen?: K;
  choose: (option: K) => void;
}

/** Buttons of which one is pressed: what a drawing or a table shows. */
export function Choice<K extends string>({ label, options, words, chosen, choose }: Props<K>) {
  return (
    <p className="choice" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option}
          className="quiet"
          aria-pressed={option === chosen}
          onClick={() => choose(option)}
        >
          {words[option]}
        </button>
      ))}
    </p>
  );
}
