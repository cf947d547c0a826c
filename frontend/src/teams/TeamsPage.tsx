import '../styles/teams.css';

import { useScope } from '../filter/useScope';
import { useTitle } from '../parts/useTitle';
import { Directory } from './Directory';
import { FunnelFigure } from './FunnelFigure';

/** All teams by the alphabet, and how far chance alone goes between them. Never a ranking. */
export function TeamsPage() {
  useTitle('Teams');
  const [scope] = useScope();
  return (
    <div className="page teams">
      <p className="question">Which teams are there?</p>
      <h1 className="sentence">Teams, by the alphabet</h1>
      <p className="lede">
        There is no order by risk: teams do different work, and the smallest would always stand first and
        last. How far chance alone goes is in the picture below the list.
      </p>
      <Directory scope={scope} />
      <FunnelFigure scope={scope} />
    </div>
  );
}
