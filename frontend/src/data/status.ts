import type { Source, Stream } from '../api/types';
import { int, plural } from '../format/number';
import { age, dateTime, span } from '../format/time';

/** How something stands, in words and in tone. */
export interface Status {
  words: string;
  tone: 'passes' | 'note' | 'fails';
}

/** Of one scope: what its last run was. What the source does not have is not collected, which is not none. */
export function scopeStatus(source: Source): Status {
  switch (source.status) {
    case 'ok':
      return { words: 'Whole', tone: 'passes' };
    case 'partial':
      return { words: 'Partial', tone: 'note' };
    case 'failed':
      return { words: down(source.last_success_at), tone: 'fails' };
    case 'absent':
      return { words: 'Not collected', tone: 'note' };
    case 'running':
      return { words: 'Not finished', tone: 'note' };
  }
}

/** Of a stream over all of its scopes: the gravest of them. */
export function streamStatus(stream: Stream): Status {
  const { scopes, failed, partial, absent, unfinished } = stream;
  if (scopes === 0) return { words: 'Not collected yet', tone: 'note' };
  if (failed === scopes) return { words: down(stream.last_success_at), tone: 'fails' };
  if (failed > 0) return { words: `${int(failed)} of ${int(scopes)} down`, tone: 'fails' };
  if (absent === scopes) return { words: 'Not collected', tone: 'note' };
  if (partial > 0) return { words: scopes === 1 ? 'Partial' : `${int(partial)} partial`, tone: 'note' };
  if (unfinished === scopes) return { words: 'Not finished', tone: 'note' };
  return { words: 'Whole', tone: 'passes' };
}

function down(since?: string | null): string {
  return since ? `Down since ${dateTime(since)}` : 'Down, never collected';
}

/** "2 000 scopes, 6 not collected". */
export function scopeWords({ scopes, absent, unfinished }: Stream): string {
  const parts = [plural(scopes, 'scope')];
  if (scopes > 1 && absent > 0) parts.push(`${int(absent)} not collected`);
  if (scopes > 1 && unfinished > 0) parts.push(`${int(unfinished)} not finished`);
  return parts.join(', ');
}

/** "5 hours", of the data of a stream or scope; never when no run got through. */
export function ageWords(lastSuccess?: string | null): string {
  return lastSuccess ? span(age(lastSuccess)) : 'never whole';
}

/** When it is collected next: "now", "waiting", "in 4 min". */
export function nextWords(stream: Stream): string {
  if (stream.running > 0) return 'now';
  if (stream.waiting > 0) return 'waiting for others';
  if (stream.paused) return 'paused';
  return stream.next_run_at ? `in ${span(-age(stream.next_run_at))}` : '–';
}
