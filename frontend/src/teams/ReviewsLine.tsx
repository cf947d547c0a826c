import { Num } from '../charts';
import { share } from '../format/number';
import { Figure } from '../parts/Figure';
import type { TeamRow } from './row';

/** How many of the team's changes landed without a second person, and which. */
export function ReviewsLine({ row: { values, rows } }: { row: TeamRow }) {
  return (
    <Figure title="Skipped reviews">
      {values.alone === null ? (
        <p className="in-words">
          Reviews of this team's changes are not collected; that is not the same as none skipped.
        </p>
      ) : (
        <p className="in-words">
          <Num value={values.alone} href={rows.alone} /> of{' '}
          <Num value={values.reviewed} href={rows.reviewed} /> changes landed without a second person's
          approval ({share(values.alone_share)}). The first number is their list.
        </p>
      )}
    </Figure>
  );
}
