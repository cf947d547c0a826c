import { Glyph } from '../parts/Glyph';
import { type Mark, type Outage, markOf, operates, unseen } from './outage';

const RING = 9.5;

/** The mark of an outage: shape by class, hollow without a second person, ringed where merging and deploying was allowed. */
export function OutageMark({ outage }: { outage: Outage }) {
  return (
    <g className={outage.probable ? 'probable' : undefined}>
      {operates(outage) && <circle className="ring" r={RING} />}
      <Shape of={markOf(outage)} hollow={unseen(outage)} />
      {outage.probable && (
        <text className="doubt" x={6} y={-4}>
          ?
        </text>
      )}
    </g>
  );
}

/** The shape of a mark alone. */
export function Shape({ of, hollow = false }: { of: Mark; hollow?: boolean }) {
  if (of === 'elsewhere') return <path className="glyph unknown" d="M0-5V5" />;
  if (of === 'not_known') return <Glyph of="unknown" />;
  return <Glyph of={of === 'no_ai' ? 'human' : of} hollow={hollow} />;
}
