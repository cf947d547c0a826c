import '../styles/teams.css';

import { Link } from 'wouter';
import { usePathname } from 'wouter/use-browser-location';

import { useFigure } from '../api/figures';
import { base } from '../fleet/base';
import { withScope, type Scope } from '../filter/scope';
import { useScope } from '../filter/useScope';
import { int, plural } from '../format/number';
import { useTitle } from '../parts/useTitle';
import { AgentsFigure } from './AgentsFigure';
import { GapsFigure } from './GapsFigure';
import { teamOf } from './href';
import { MistakesFigure } from './MistakesFigure';
import { ReviewsLine } from './ReviewsLine';
import type { Team, TeamRow } from './row';
import { TeamWeeks } from './TeamWeeks';
import { TrendFigure } from './TrendFigure';

const BEFORE = '/teams/';

/** One team: what the team itself can see, compare with the fleet, and do. Nothing here is about one person. */
export function TeamPage() {
  const team = teamOf(usePathname().slice((base() + BEFORE).length));
  const [given] = useScope();
  const fleet: Scope = { ...given, team: [], class: [] };
  const scope: Scope = { ...fleet, team: [team] };
  const row = useFigure<Team>('teams', scope).data?.items.find(({ values }) => values.team === team);
  useTitle(team);
  return (
    <div className="page team">
      <p className="question">
        <Link href={withScope('/teams', given)}>Teams</Link>
      </p>
      <h1 className="sentence">{team}</h1>
      <p className="lede team-facts">
        {row ? <Facts row={row} /> : 'Nothing that landed in this time is by this team.'}
      </p>
      <TeamWeeks scope={scope} fleet={fleet} />
      <div className="two">
        <div>
          <MistakesFigure scope={scope} fleet={fleet} />
          {row && <ReviewsLine row={row} />}
        </div>
        <GapsFigure scope={scope} />
      </div>
      <AgentsFigure scope={scope} />
      <TrendFigure scope={scope} fleet={fleet} />
    </div>
  );
}

function Facts({ row: { values } }: { row: TeamRow }) {
  const people =
    values.members === null
      ? `People: ${values.hidden}`
      : `${plural(values.members, 'person', 'people')} now`;
  return (
    <>
      {people} · {plural(values.repos, 'repository', 'repositories')} with changes · {int(values.changes)}{' '}
      changes in this time
    </>
  );
}
