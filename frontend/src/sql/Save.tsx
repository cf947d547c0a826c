import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';

import { RequestError } from '../api/problem';
import { useSave, useSaved, useUnsave, type SavedQuery } from './queries';
import { slugOf } from './statements';

interface Props {
  query: SavedQuery | undefined;
  text: string;
  params: Record<string, string>;
  saved: () => void;
}

/** Saves the whole text under a name, for everybody; on the page of a saved query it can also be taken away. */
export function Save({ query, text, params, saved }: Props) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(query?.name ?? '');
  const save = useSave();
  const unsave = useUnsave();
  const [, navigate] = useLocation();
  const list = useSaved().data;
  const slug = query && query.name === name ? query.slug : slugOf(name);
  const other = slug !== query?.slug && list?.items.some((item) => item.slug === slug);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { slug, name: name.trim(), sql: text, params },
      {
        onSuccess: () => {
          saved();
          setOpen(false);
          navigate(`/sql/q/${slug}`);
        },
      },
    );
  };
  if (list && !list.can_save) return <small>Saving is off here: see control in baserate.yaml.</small>;
  if (!open) {
    return (
      <button className="quiet" onClick={() => setOpen(true)}>
        Save
      </button>
    );
  }
  return (
    <form
      className="sql-save"
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
    >
      <label>
        <span className="hidden">Name of the query</span>
        <input
          autoFocus
          required
          maxLength={100}
          placeholder="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button className="button" disabled={!slug || save.isPending}>
        {other ? 'Replace' : 'Save'}
      </button>
      {query && (
        <button
          type="button"
          className="quiet"
          onClick={() => unsave.mutate(query.slug, { onSuccess: () => navigate('/sql') })}
        >
          Delete
        </button>
      )}
      <button type="button" className="quiet" onClick={() => setOpen(false)}>
        Not now
      </button>
      {(save.error ?? unsave.error) && <span role="alert">{reason(save.error ?? unsave.error)}</span>}
    </form>
  );
}

function reason(error: Error | null): string {
  return error instanceof RequestError
    ? `${error.problem.title}. ${error.problem.action ?? ''}`
    : String(error);
}
