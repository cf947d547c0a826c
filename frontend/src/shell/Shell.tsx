import { Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';

import { useFleet } from '../api/queries';
import { ScopeBar } from '../filter/ScopeBar';
import { FleetLine } from '../fleet/FleetLine';
import { FleetSwitch } from '../fleet/FleetSwitch';
import { Making } from '../fleet/Making';
import { Waiting } from '../parts/Waiting';
import { Banner } from './Banner';
import { Footer } from './Footer';
import { Nav } from './Nav';
import { Pinned } from './Pinned';
import { pageOf } from './pages';
import { ProgressStrip } from './ProgressStrip';
import { Shortcuts } from './Shortcuts';
import { useKeptScope } from './useKeptScope';
import { useKeys } from './useKeys';

/** What stands around every page: navigation, what is going on, and what the numbers rest on. */
export function Shell({ children }: { children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  useArrival(main);
  const [help, setHelp] = useState(false);
  const scope = useKeptScope();
  useKeys(scope, () => setHelp(true));
  const [path] = useLocation();
  const fleet = useFleet();
  const making = fleet.data?.making;
  const ready = !fleet.isPending && !making; // before that nothing else can be asked
  return (
    <>
      <a className="skip" href="#main" onClick={() => main.current?.focus()}>
        Skip to content
      </a>
      <Nav scope={scope} help={() => setHelp(true)} />
      {ready && pageOf(path)?.scoped && <ScopeBar />}
      <FleetSwitch />
      <FleetLine />
      {ready && <ProgressStrip />}
      {ready && <Banner />}
      <Pinned />
      <main id="main" ref={main} tabIndex={-1}>
        {making && <Making making={making} />}
        {ready && <Suspense fallback={<Waiting what="the page" height={600} />}>{children}</Suspense>}
      </main>
      {ready && <Footer />}
      {help && <Shortcuts close={() => setHelp(false)} />}
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
