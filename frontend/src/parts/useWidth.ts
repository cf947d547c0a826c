import { useCallback, useState } from 'react';

/** The width of an element in pixels, as it changes. */
export function useWidth(initial: number): [(element: HTMLElement | null) => (() => void) | void, number] {
  const [width, setWidth] = useState(initial);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.round(entry.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
