import { scaleLog } from 'd3-scale';

import type { Comparison, Ratio } from '../../api/types';

/** The shared axis of the forest: ratios on a logarithmic scale, as percent of the plot's width. */
export interface Axis {
  ticks: number[];
  low: number;
  high: number;
  /** Where a ratio lies, from 0 to 100; outside of that where the axis does not reach. */
  at: (ratio: number) => number;
}

/** Fixed axes, narrow to wide, so that a page looks the same from day to day. */
const AXES = [
  { reach: 2.2, ticks: [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2] },
  { reach: 5, ticks: [0.25, 0.5, 1, 2, 4] },
  { reach: 12, ticks: [0.1, 0.25, 0.5, 1, 2, 4, 10] },
];

/** The narrowest axis that shows nine in ten of the ends that are drawn; the others are cut off with an arrow. */
export function chooseAxis(comparisons: Comparison[]): Axis {
  return axisFor(comparisons.flatMap(drawnEnds));
}

/** The same for any ratios, of which those above 0 are drawn. */
export function axisFor(ratios: number[]): Axis {
  const ends = ratios.filter((end) => end > 0).map((end) => Math.max(end, 1 / end));
  const fits = (reach: number) => ends.filter((end) => end <= reach).length >= 0.9 * ends.length;
  const { reach, ticks } = AXES.find((axis) => fits(axis.reach)) ?? AXES.at(-1)!;
  const at = scaleLog([1 / reach, reach], [0, 100]);
  return { ticks, low: 1 / reach, high: reach, at: (ratio) => at(ratio) };
}

function drawnEnds(comparison: Comparison): number[] {
  if (!hasRatio(comparison)) return [];
  const { value, fixed, always_valid: always } = comparison.direct;
  return [value, fixed?.low, fixed?.high, always?.low, always?.high].filter(
    (end): end is number => !!end && end > 0,
  );
}

/** Whether a comparison may show its ratio: not when a check fails or there is too little to go on. */
export function hasRatio({ code, direct }: Comparison): boolean {
  return code !== 'gated' && code !== 'no_data' && drawable(direct);
}

/** Whether a ratio has a place on a logarithmic axis. */
export function drawable(ratio: Ratio): ratio is Ratio & { value: number } {
  return ratio.value != null && ratio.value > 0;
}
