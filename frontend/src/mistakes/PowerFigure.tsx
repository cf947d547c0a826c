import type { Comparison } from '../api/types';
import { int, ratio } from '../format/number';
import { Figure } from '../parts/Figure';
import { EXPOSURE } from '../words';
import { PowerChart } from './PowerChart';

/** What these data could have shown at all: a ratio that would have gone unnoticed is not ruled out. */
export function PowerFigure({ comparison, margin }: { comparison: Comparison; margin?: number | null }) {
  const effect = comparison.effects.find(({ deciding }) => deciding);
  if (!effect || effect.smallest_seen == null || effect.smallest_seen <= 1 || effect.events === 0) {
    return (
      <Figure title="What could be noticed">
        <p className="empty">There are too few mistakes to say what could be noticed.</p>
      </Figure>
    );
  }
  const power = {
    events: effect.events,
    seen: effect.smallest_seen,
    needed: effect.events_needed ?? undefined,
  };
  return (
    <Figure
      title="What could be noticed"
      lede={`With the ${int(power.events)} mistakes that can be compared, a rate ${ratio(power.seen)} times as high would have been noticed 8 times in 10.`}
      note={
        <p>
          Across: mistakes that can be compared. Upwards: the smallest ratio that they show 8 times in 10,
          drawn through “here”; both axes are logarithmic. {EXPOSURE[comparison.exposure]} against no AI
          recorded.
        </p>
      }
    >
      <PowerChart power={power} of={comparison.exposure} margin={margin} />
    </Figure>
  );
}
