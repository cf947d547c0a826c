import type { Claim, PastAnswer } from '../api/types';

/** A claim's answer of a week, with the answer that it was given before where that was another. */
export interface Told {
  claim: Claim;
  before?: PastAnswer;
}

/** What is told of a week: what changed first, then what stands. */
export interface Digest {
  first: boolean; // nothing was answered before
  flips: Told[];
  limits: Told[]; // flips of claims that are held against a target
  adoption?: Claim;
  reviews?: Claim;
  redefined: Told[]; // answered by a newer definition than the week before
  same: Claim[];
}

type Histories = Map<string, PastAnswer[]>;

/** Sorts the answers of the week that begins on a Monday. A change is told in the week it came, and in no other. */
export function digestOf(claims: Claim[], histories: Histories, monday: string): Digest {
  const told = claims.map((claim) => ({ claim, ...change(histories.get(claim.id) ?? [], monday) }));
  const flipped = told.filter(({ now }) => now?.flipped && !now.redefined);
  const find = (id: string) => claims.find((claim) => claim.id === id);
  return {
    first: told.every(({ before }) => !before),
    flips: flipped.filter(({ claim }) => claim.target == null),
    limits: flipped.filter(({ claim }) => claim.target != null),
    adoption: find('adoption'),
    reviews: find('second_person'),
    redefined: told.filter(({ now }) => now?.redefined),
    same: told.filter(({ now }) => !now?.flipped && !now?.redefined).map(({ claim }) => claim),
  };
}

/** The answer of a week, and the last one of the weeks before. */
function change(history: PastAnswer[], monday: string): { now?: PastAnswer; before?: PastAnswer } {
  return {
    now: history.findLast(({ week }) => week.slice(0, 10) === monday),
    before: history.findLast(({ week }) => week.slice(0, 10) < monday),
  };
}
