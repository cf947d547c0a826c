import type { Exposure } from '../api/types';
import { ExposureKey } from '../parts/Glyph';

interface Props {
  exposures: Exposure[];
  chosen: Exposure;
  choose: (exposure: Exposure) => void;
}

/** Which changes are compared with those that have no AI recorded, in all figures below. */
export function ExposureTabs({ exposures, chosen, choose }: Props) {
  if (exposures.length < 2) return null;
  return (
    <div className="exposure-tabs" role="group" aria-label="Compared with changes that have no AI recorded">
      {exposures.map((exposure) => (
        <button
          key={exposure}
          className="quiet"
          aria-pressed={exposure === chosen}
          onClick={() => choose(exposure)}
        >
          <ExposureKey of={exposure} />
        </button>
      ))}
    </div>
  );
}
