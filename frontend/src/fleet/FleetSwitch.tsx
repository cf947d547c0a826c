import { useLocation } from 'wouter';

import { useFleet } from '../api/queries';
import { sameIn } from './base';

/** Leads to the same page of another fleet, where the server has more than one. The other page is loaded anew: nothing is shared. */
export function FleetSwitch() {
  const { data } = useFleet();
  useLocation(); // a new page has a new address in the other fleet
  if (!data || data.fleets.length < 2) return null;
  return (
    <nav className="fleets" aria-label="Fleets">
      {data.fleets.map((fleet) => (
        <a key={fleet.id} href={sameIn(fleet.path)} aria-current={fleet.id === data.id ? 'true' : undefined}>
          {fleet.name}
        </a>
      ))}
    </nav>
  );
}
