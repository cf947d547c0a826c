import { useEffect } from 'react';

/** The icon in the browser's tab is hollow while something runs. */
export function useFavicon(running: boolean): void {
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
    if (!icon || !running) return;
    const usual = icon.getAttribute('href') ?? '';
    icon.setAttribute('href', '/favicon-running.svg');
    return () => {
      icon.setAttribute('href', usual);
    };
  }, [running]);
}
