import type { ScaleTime } from 'd3-scale';
import type { KeyboardEvent, PointerEvent } from 'react';

import type { Month } from '../../api/types';

type Set = (at: number | undefined) => void;

/** What makes a chart a thing that one can walk through, by pointer or by ← → Home End and Esc. */
export function useCursor(months: Month[], x: ScaleTime<number, number>, at: number | undefined, set: Set) {
  const last = months.length - 1;
  const keys: Record<string, () => number | undefined> = {
    ArrowLeft: () => (at === undefined ? last : Math.max(0, at - 1)),
    ArrowRight: () => (at === undefined ? 0 : Math.min(last, at + 1)),
    Home: () => 0,
    End: () => last,
    Escape: () => undefined,
  };
  return {
    role: 'img' as const,
    tabIndex: 0,
    onKeyDown: (event: KeyboardEvent) => {
      const move = keys[event.key];
      if (!move) return;
      event.preventDefault();
      set(move());
    },
    onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
      const pixel = event.clientX - event.currentTarget.getBoundingClientRect().left;
      set(nearest(months, +x.invert(pixel)));
    },
    onPointerLeave: () => set(undefined),
    onBlur: () => set(undefined),
  };
}

function nearest(months: Month[], when: number): number {
  const distance = (month: Month) => Math.abs(+new Date(month.month) - when);
  return months.reduce((best, month, i) => (distance(month) < distance(months[best]!) ? i : best), 0);
}
