import type { KeyboardEvent, PointerEvent } from 'react';

/** What makes a chart a thing that one can walk through, by pointer or by ← → Home End and Esc. places are pixels from its left. */
export function useCursor(places: number[], at: number | undefined, set: (at: number | undefined) => void) {
  const last = places.length - 1;
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
      set(nearest(places, event.clientX - event.currentTarget.getBoundingClientRect().left));
    },
    onPointerLeave: () => set(undefined),
    onBlur: () => set(undefined),
  };
}

function nearest(places: number[], pixel: number): number | undefined {
  if (places.length === 0) return undefined;
  return places.reduce(
    (best, place, i) => (Math.abs(place - pixel) < Math.abs(places[best]! - pixel) ? i : best),
    0,
  );
}
