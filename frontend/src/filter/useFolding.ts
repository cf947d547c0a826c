import { useEffect, type RefObject } from 'react';

/** Folds an open panel when Escape is pressed in it, which leads back to its button, or when one goes on elsewhere. */
export function useFolding(box: RefObject<HTMLDetailsElement | null>): void {
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const fold = (event: Event) => {
      if (element.open && !element.contains(event.target as Node)) element.open = false;
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !element.open) return;
      event.stopPropagation();
      element.open = false;
      element.querySelector('summary')?.focus();
    };
    document.addEventListener('pointerdown', fold);
    document.addEventListener('focusin', fold);
    element.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', fold);
      document.removeEventListener('focusin', fold);
      element.removeEventListener('keydown', escape);
    };
  }, [box]);
}
