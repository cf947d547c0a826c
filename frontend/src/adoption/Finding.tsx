import { Link } from 'wouter';

import { useFigure } from '../api/figures';
import { useClaim } from '../api/queries';
import type { Scope } from '../filter/scope';
import { int, share } from '../format/number';
import { date } from '../format/time';
import { useTarget } from './useTarget';
import { fromTarget, lastWhole, type Week } from './weeks';

/** The page's answer in a sentence: the last whole week, who is counted, and the target. */
export function Finding({ scope }: { scope: Scope }) {
  const weeks = useFigure<Week>('adoption_weeks', scope);
  const claim = useClaim('adoption');
  const target = useTarget();
  const last = weeks.data && lastWhole(weeks.data.items);
  return (
    <div className="finding">
      <h1>
        {last ? sentence(last, scope.team) : weeks.data ? nothing(weeks.data.items.length) : 'Adoption'}
      </h1>
      {last && (
        <p className="detail">
          {int(last.users)} of {int(last.people)} in the week of {date(last.week)}
          {target !== undefined && last.share !== null && (
            <>
              ; the target is {share(target)}, so this is {fromTarget(last.share, target)}
            </>
          )}
          . Counted are people who landed a change, not licences. It is a full count, so there is no interval.
          {last.floor && ' It is a floor: what tools report of their use is not collected.'}
        </p>
      )}
      {claim.data && (
        <p className="lede">
          The claim, over four weeks and the whole fleet:{' '}
          <Link href="/claims/adoption">{claim.data.answer.sentence}</Link>
        </p>
      )}
    </div>
  );
}

function sentence(week: Week, teams: string[] = []): string {
  const where =
    teams.length === 0 ? '' : teams.length > 2 ? ` in ${teams.length} teams` : ` in ${teams.join(' and ')}`;
  return `${share(week.share)} of the people who landed anything${where} used AI in the last whole week.`;
}

function nothing(weeks: number): string {
  return weeks === 0
    ? 'Nobody landed anything in this time.'
    : 'Too few people landed anything in this choice to say how many used AI.';
}
