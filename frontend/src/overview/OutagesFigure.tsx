import { FigureFrame } from '../charts';
import type { Scope } from '../filter/scope';
import type { Outage } from '../outages/outage';
import { Timeline } from '../outages/Timeline';

/** Every outage of the time, and the change that caused each. */
export function OutagesFigure({ scope }: { scope: Scope }) {
  return (
    <FigureFrame<Outage>
      id="outages"
      scope={scope}
      title="Outages, and the change that caused each"
      height={220}
      empty="No outage is on record for this time. Where no incidents are collected, this is no news."
      chart={({ items, from, to, data_to: end }) => (
        <Timeline outages={items.map(({ values }) => values)} from={from} to={to ?? end} />
      )}
    />
  );
}
