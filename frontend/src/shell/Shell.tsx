import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'wouter';

import { Banner } from './Banner';
import { Footer } from './Footer';
import { Nav } from './Nav';
import { ProgressStrip } from './ProgressStrip';

/** What stands around every page: navigation, what is going on, and what the numbers rest on. */
export function Shell({ children }: { children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  useArrival(main);
  return (
    <>
      <a className="skip" href="#main" onClick={() => main.current?.focus()}>
        Skip to content
      </a>
      <Nav />
      <ProgressStrip />
      <Banner />
      <main id="main" ref={main} tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </>
  );
}

/** On arrival at another page, reading and scrolling begin at its top, as after a full load. */
function useArrival(main: React.RefObject<HTMLElement | null>) {
  const [path] = useLocation();
  const shown = useRef(path);
  const back = useRef(false);
  useEffect(() => {
    const note = () => (back.current = true);
    addEventListener('popstate', note);
    return () => removeEventListener('popstate', note);
  }, []);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    if (!back.current) {
      scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
    back.current = false;
  }, [path, main]);
}
