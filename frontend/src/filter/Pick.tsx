import { useRef, useState } from 'react';

import { useFolding } from './useFolding';

export interface Option {
  value: string;
  name: string;
}

interface Props {
  label: string;
  all: string; // what it says when nothing is chosen
  options: Option[];
  chosen: string[];
  choose: (values: string[]) => void;
}

const SEARCHED = 8; // from so many options on there is a search field
const SHOWN = 200;

/** A list of which any number can be chosen, with a search where it is long. What is chosen stands on its button. */
export function Pick({ label, all, options, chosen, choose }: Props) {
  const box = useRef<HTMLDetailsElement>(null);
  useFolding(box);
  const [search, setSearch] = useState('');
  const every = [...options, ...strangers(options, chosen)];
  const found = every.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  const toggle = (value: string) =>
    choose(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  return (
    <details className="pick" ref={box}>
      <summary>
        <span>{label}</span> {summary(all, every, chosen)}
      </summary>
      <div className="pick-panel" role="group" aria-label={label}>
        {every.length >= SEARCHED && (
          <input
            type="search"
            value={search}
            placeholder="Search"
            aria-label={`Search ${label.toLowerCase()}`}
            onChange={(event) => setSearch(event.target.value)}
          />
        )}
        <div className="pick-options">
          {found.slice(0, SHOWN).map(({ value, name }) => (
            <label key={value}>
              <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
              {name}
            </label>
          ))}
          {found.length === 0 && (
            <p className="muted">{every.length === 0 ? 'There are none.' : 'None match.'}</p>
          )}
          {found.length > SHOWN && <p className="muted">{found.length - SHOWN} more: search for them.</p>}
        </div>
        {chosen.length > 0 && (
          <button className="quiet" onClick={() => choose([])}>
            Clear
          </button>
        )}
      </div>
    </details>
  );
}

/** What the address names and the data do not have is listed too: else it could not be taken off. */
function strangers(options: Option[], chosen: string[]): Option[] {
  return chosen
    .filter((value) => !options.some((option) => option.value === value))
    .map((value) => ({ value, name: value }));
}

function summary(all: string, options: Option[], chosen: string[]): string {
  if (chosen.length === 0) return all;
  if (chosen.length > 2) return `${chosen.length} chosen`;
  return options
    .filter(({ value }) => chosen.includes(value))
    .map(({ name }) => name)
    .join(', ');
}
