import type { Box } from '../charts';

interface Props {
  y: (ratio: number) => number;
  box: Box;
  ticks: number[];
  margin?: number | null;
}

/** Ratios to the left on a logarithmic scale, the line of no difference, and the band up to the margin. */
export function RatioAxis({ y, box, ticks, margin }: Props) {
  return (
    <g aria-hidden="true">
      {margin && (
        <rect
          className="margin-band"
          x={box.left}
          width={box.right - box.left}
          y={y(margin)}
          height={y(1) - y(margin)}
        />
      )}
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            className={tick === 1 ? 'null' : 'ground'}
            x1={box.left}
            x2={box.right}
            y1={y(tick)}
            y2={y(tick)}
          />
          <text className="tick" x={box.left - 8} y={y(tick)} dy=".33em" textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      {margin && <line className="margin-line" x1={box.left} x2={box.right} y1={y(margin)} y2={y(margin)} />}
    </g>
  );
}
