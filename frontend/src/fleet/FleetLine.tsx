import { useFleet } from '../api/queries';
import { int, ratio } from '../format/number';

/** On every page of a simulated fleet: that it is one, and what is true of it. */
export function FleetLine() {
  const simulated = useFleet().data?.simulated;
  if (!simulated) return null;
  const { relative_risk: agents, relative_risk_assisted: assisted } = simulated.truth;
  return (
    <aside className="banner simulated" aria-label="Simulated fleet">
      <b>Simulated fleet:</b> scenario {simulated.scenario}, {int(simulated.changes)} changes. The truth:{' '}
      {agents && `agents make ${ratio(agents.value)} times the mistakes of people, all else equal`}
      {assisted && `, people with AI ${ratio(assisted.value)} times`}. {simulated.line}{' '}
      <a href="/docs/calibration">How often the method finds the truth</a>
    </aside>
  );
}
