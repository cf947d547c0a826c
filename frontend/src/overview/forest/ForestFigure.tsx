import { useState } from 'react';

import type { Claim, Comparison } from '../../api/types';
import { ratio } from '../../format/number';
import { Figure } from '../../parts/Figure';
import { Method } from '../Method';
import { ForestTable } from './ForestTable';

/** "What goes wrong, and how often": a table that is the chart. */
export function ForestFigure({ claim, method = true }: { claim: Claim; method?: boolean }) {
  const { comparisons } = claim.answer;
  const [all, setAll] = useState(false);
  if (comparisons.length === 0) return null;
  return (
    <Figure
      title="What goes wrong, and how often"
      tools={
        <button className="quiet" aria-pressed={all} onClick={() => setAll(!all)}>
          Every adjustment
        </button>
      }
      note={
        <>
          <Reading claim={claim} />
          {method && <Method claim={claim} />}
        </>
      }
    >
      <ForestTable
        comparisons={comparisons}
        margin={claim.margin}
        adjustments={all ? () => true : isPrimary}
      />
    </Figure>
  );
}

function isPrimary(comparison: Comparison): boolean {
  return comparison.primary;
}

function Reading({ claim }: { claim: Claim }) {
  const level = claim.alpha != null ? `${Math.round(100 * (1 - claim.alpha))} % ` : '';
  return (
    <>
      <p>
        Thick line: {level}interval for one planned look. Thin line: the interval that holds however often one
        looks; it decides the answer.
        {claim.margin != null &&
          ` Shaded: from 1 to the margin of ${ratio(claim.margin)}. “Not more common” needs the whole
        interval to the left of its end; a wide interval is an answer of “undecided”, never of “safe”.`}
      </p>
      <p>
        The ratio is the direct effect: at equal permission, size and review, within the same repository and
        quarter or by the same developer, whichever the answer rests on. Grey tick: the crude ratio, as the
        raw counts give it. The group without AI is “No AI recorded”: human and unknown together. Rows after
        the first of a group are secondary and not corrected for how many they are.
      </p>
    </>
  );
}
