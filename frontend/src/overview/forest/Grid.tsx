import type { Axis } from './scale';

/** The ground of a row: lines at the ticks, the line of no difference, and the band up to the margin. */
export function Grid({ axis, margin }: { axis: Axis; margin?: number | null }) {
  const one = axis.at(1);
  return (
    <svg className="grid" width="100%" height="100%" aria-hidden="true">
      {margin && (
        <rect className="band" x={`${one}%`} width={`${axis.at(margin) - one}%`} y="0" height="100%" />
      )}
      {axis.ticks
        .filter((tick) => tick !== 1)
        .map((tick) => (
          <Vertical key={tick} x={axis.at(tick)} />
        ))}
      <Vertical x={one} className="null" />
      {margin && <Vertical x={axis.at(margin)} className="margin" />}
    </svg>
  );
}

/** The head of the plot: which way is which, and the ticks. */
export function AxisHead({ axis }: { axis: Axis }) {
  const one = axis.at(1);
  return (
    <svg className="axis" width="100%" height="32" aria-hidden="true">
      <text className="direction" x={`${one}%`} dx="-8" y="11" textAnchor="end">
        ← less common with AI
      </text>
      <text className="direction" x={`${one}%`} dx="8" y="11">
        more common →
      </text>
      {axis.ticks.map((tick) => (
        <text key={tick} x={`${axis.at(tick)}%`} y="28" textAnchor="middle">
          {tick}
        </text>
      ))}
    </svg>
  );
}

function Vertical({ x, className }: { x: number; className?: string }) {
  return <line className={className} x1={`${x}%`} x2={`${x}%`} y1="0" y2="100%" />;
}
