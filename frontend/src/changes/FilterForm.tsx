import { useId, type FormEvent, type ReactNode } from 'react';
import { useLocation } from 'wouter';

import { changesHref, parseFilter, type Filter } from '../filter/codec';
import { MATURE, RAISED } from '../filter/words';
import { CLASS, KIND, OUTCOME, PERMISSION, REVIEW } from '../words';

const NO_AI = { 'human,unknown': 'No AI recorded', 'ai_agent,ai_assisted': 'With a mark of AI' };

const TIER = { 1: 'Tier 1, most critical', 2: 'Tier 2', 3: 'Tier 3' };
const INSTANT = { true: 'within a minute', false: 'later' };

/** Every key of the filter as a field. Applying it goes to the address that says the same. */
export function FilterForm({ filter }: { filter: Filter }) {
  const [, go] = useLocation();
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new URLSearchParams();
    new FormData(event.currentTarget).forEach((value, key) => fields.append(key, String(value)));
    go(changesHref(parseFilter(fields.toString())));
    event.currentTarget.closest('details')?.removeAttribute('open');
  };
  return (
    <details className="filter">
      <summary className="quiet">Filter</summary>
      <form key={changesHref(filter)} onSubmit={apply}>
        <Choice name="class" label="Author class" options={{ ...CLASS, ...NO_AI }} filter={filter} />
        <Choice name="outcome" label="Outcome" options={OUTCOME} filter={filter} />
        <Choice name="mature" label="Maturity" options={MATURE} filter={filter} />
        <Choice name="kind" label="Kind" options={KIND} filter={filter} />
        <Choice name="review" label="Review" options={REVIEW} filter={filter} />
        <Choice name="permission" label="Permission" options={PERMISSION} filter={filter} />
        <Choice name="above_usual" label="Against the usual permission" options={RAISED} filter={filter} />
        <Choice name="tier" label="Tier of the repository" options={TIER} filter={filter} />
        <Choice name="instant" label="From opened to landed" options={INSTANT} filter={filter} />
        <Text name="min_lines" label="Lines, at least" type="number" filter={filter} />
        <Text name="max_lines" label="Lines, at most" type="number" filter={filter} />
        <Text name="team" label="Teams, by comma" filter={filter} />
        <Text name="repo" label="Repositories, by comma" filter={filter} />
        <Text name="tool" label="AI tools, by comma" filter={filter} />
        <Text name="from" label="Landed from" type="date" filter={filter} />
        <Text name="to" label="Landed before" type="date" filter={filter} />
        <button className="button">Apply</button>
      </form>
    </details>
  );
}

interface FieldProps {
  name: keyof Filter;
  label: string;
  filter: Filter;
}

function Choice({ name, label, options, filter }: FieldProps & { options: Record<string, string> }) {
  const value = String(filter[name] ?? '');
  const known = value === '' || value in options;
  return (
    <Field label={label}>
      {(id) => (
        <select id={id} name={name} defaultValue={value}>
          <option value="">any</option>
          {!known && <option value={value}>{value}</option>}
          {Object.entries(options).map(([code, words]) => (
            <option key={code} value={code}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Text({ name, label, filter, type = 'text' }: FieldProps & { type?: 'text' | 'date' | 'number' }) {
  return (
    <Field label={label}>
      {(id) => <input id={id} name={name} type={type} defaultValue={String(filter[name] ?? '')} />}
    </Field>
  );
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <p className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </p>
  );
}
