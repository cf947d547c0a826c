import type { AnswerCode } from '../api/types';
import { MARK } from '../words';

/** An answer in its words, with its mark. */
export function Verdict({ code, word }: { code: AnswerCode; word: string }) {
  return (
    <span className={`verdict ${code}`}>
      <i aria-hidden="true">{MARK[code]}</i>
      {word}
    </span>
  );
}
