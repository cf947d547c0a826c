import type { Claim } from '../api/types';
import { date } from '../format/time';
import type { Digest, Told } from './digest';

/** The digest as plain text, to be sent. origin is the address of the pages. */
export function digestText(digest: Digest, week: string, monday: string, origin: string): string {
  const link = (claim: Claim) => `  ${origin}/claims/${claim.id}`;
  const told = ({ claim, before }: Told) => [
    `* ${claim.question} ${before ? `${before.word}, now ${claim.answer.word}` : claim.answer.word}.`,
    `  ${claim.answer.sentence}`,
    link(claim),
  ];
  const stands = (claim?: Claim) => (claim ? [claim.answer.sentence, claim.answer.detail, link(claim)] : []);
  const sections: [string, string[]][] = [
    ['Answers that changed', digest.flips.flatMap(told)],
    ['Limits and targets crossed', digest.limits.flatMap(told)],
    ['Adoption', stands(digest.adoption)],
    ['Skipped reviews', stands(digest.reviews)],
    ['Defined anew, so not compared', digest.redefined.flatMap(told)],
    [
      digest.first ? 'First answers' : 'Unchanged',
      digest.same.map((claim) => `* ${claim.question} ${claim.answer.word}.`),
    ],
  ];
  const body = sections
    .filter(([title, lines]) => lines.length > 0 || title.startsWith('Answers'))
    .map(([title, lines]) => [title.toUpperCase(), ...(lines.length > 0 ? lines : ['None.'])].join('\n'));
  return (
    [`baserate, week ${week} (from ${date(monday)})`, ...body, `${origin}/digest/${week}`].join('\n\n') + '\n'
  );
}
