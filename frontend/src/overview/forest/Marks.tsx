import type { AuthorClass, Interval, Ratio } from '../../api/types';
import { Glyph } from '../../parts/Glyph';
import { drawable, type Axis } from './scale';

interface Props {
  axis: Axis;
  of: AuthorClass;
  ratio: Ratio;
  size?: 'primary' | 'small';
}

const RADIUS = { primary: 6, plain: 4.6, small: 3.2 };

/** A ratio with its intervals: thick for one planned look, thin for as many as one likes. */
export function Marks({ axis, of, ratio, size }: Props) {
  if (!drawable(ratio)) return null;
  return (
    <svg className={`marks ${size ?? ''}`} width="100%" height="100%" aria-hidden="true">
      {ratio.always_valid && <Line axis={axis} of={of} interval={ratio.always_valid} kind="always" />}
      <Line axis={axis} of={of} interval={ratio.fixed} kind="fixed" />
      {within(axis, ratio.value) && (
        <svg x={`${axis.at(ratio.value)}%`} y="50%" overflow="visible">
          <Glyph of={of} r={RADIUS[size ?? 'plain']} hollow={size === 'small'} />
        </svg>
      )}
    </svg>
  );
}

/** The ratio before any adjustment: a grey tick, to be seen but not to be taken for the answer. */
export function CrudeTick({ axis, ratio }: { axis: Axis; ratio: Ratio }) {
  if (!drawable(ratio) || !within(axis, ratio.value)) return null;
  const x = `${axis.at(ratio.value)}%`;
  return (
    <svg className="marks" width="100%" height="100%" aria-hidden="true">
      <line className="crude" x1={x} x2={x} y1="28%" y2="72%" />
    </svg>
  );
}

function Line({
  axis,
  of,
  interval,
  kind,
}: {
  axis: Axis;
  of: AuthorClass;
  interval: Interval;
  kind: string;
}) {
  if (interval.low == null && interval.high == null) return null;
  const low = interval.low && interval.low > 0 ? axis.at(interval.low) : -1;
  const high = interval.high == null ? 101 : axis.at(interval.high);
  if (low > 100 || high < 0) return null;
  return (
    <>
      <line
        className={`interval ${kind} ${of}`}
        x1={`${Math.max(low, 0)}%`}
        x2={`${Math.min(high, 100)}%`}
        y1="50%"
        y2="50%"
      />
      {kind === 'always' && low < 0 && <Arrow of={of} x="0" d="M7 -4L0 0L7 4Z" />}
      {kind === 'always' && high > 100 && <Arrow of={of} x="100%" d="M-7 -4L0 0L-7 4Z" />}
    </>
  );
}

/** Where an interval goes on beyond the axis. */
function Arrow({ of, x, d }: { of: AuthorClass; x: string; d: string }) {
  return (
    <svg x={x} y="50%" overflow="visible">
      <path className={`glyph ${of}`} d={d} />
    </svg>
  );
}

function within(axis: Axis, ratio: number): boolean {
  return ratio >= axis.low && ratio <= axis.high;
}
