import '../styles/adoption.css';

import { useScope } from '../filter/useScope';
import { useTitle } from '../parts/useTitle';
import { ClassesFigure } from './ClassesFigure';
import { DepthFigure } from './DepthFigure';
import { Finding } from './Finding';
import { StripFigure } from './StripFigure';
import { UsesFigure } from './UsesFigure';
import { WeeksFigure } from './WeeksFigure';

/** How many people use AI, where, in what, and how much. A census: nothing here has an interval. */
export function AdoptionPage() {
  useTitle('Adoption');
  const [scope] = useScope();
  return (
    <div className="page adoption">
      <p className="question">How many people use AI?</p>
      <Finding scope={scope} />
      <WeeksFigure scope={scope} />
      <StripFigure scope={scope} />
      <div className="two">
        <ClassesFigure scope={scope} />
        <UsesFigure scope={scope} />
      </div>
      <DepthFigure scope={scope} />
    </div>
  );
}
