import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'wouter';

import { useFleet } from '../api/queries';
import { FleetLine } from '../fleet/FleetLine';
import { FleetSwitch } from '../fleet/FleetSwitch';
import { Making } from '../fleet/Making';
import { Banner } from './Banner';
import { Footer } from './Footer';
import { Nav } from './Nav';
import { Pinned } from './Pinned';
import { ProgressStrip } from './ProgressStrip';

/** What stands around every page: navigation, what is going on, and what the numbers rest on. */
export function Shell({ children }: { children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  useArrival(main);
  const fleet = useFleet();
  const making = fleet.data?.making;
  const ready = !fleet.isPending && !making; // before that nothing else can be asked
  return (
    <>
      <a className="skip" href="#main" onClick={() => main.current?.focus()}>
        Skip to content
      </a>
      <Nav />
      <FleetSwitch />
      <FleetLine />
      {ready && <ProgressStrip />}
      {ready && <Banner />}
      <Pinned />
      <main id="main" ref={main} tabIndex={-1}>
        {making && <Making making={making} />}
        {ready && children}
      </main>
      {ready && <Footer />}
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
