import { Link } from 'wouter';

import { withScope, type Scope } from '../filter/scope';
import { int } from '../format/number';
import { MARK_WORDS, type Mark, type Outage, markOf, severityWords } from './outage';

const CLASSES: Partial<Record<Mark, string[]>> = {
  ai_agent: ['ai_agent'],
  ai_assisted: ['ai_assisted'],
  no_ai: ['human', 'unknown'],
  automation: ['automation'],
};

const CAUSES: Record<Outage['cause'], string> = {
  change: 'A change',
  elsewhere: 'Capacity, a dependency or hardware',
  unknown: 'Not known',
};

interface Facet {
  name: string;
  count: number;
  next: Scope;
}

/** What the outages in the list can be narrowed to, with how many there are of each; what is chosen can be taken back. */
export function Facets({ outages, scope }: { outages: Outage[]; scope: Scope }) {
  const count = (fits: (outage: Outage) => boolean) => outages.filter(fits).length;
  const severities = [...new Set(outages.map((outage) => outage.severity ?? 0))].sort(
    (a, b) => (a || 9) - (b || 9),
  );
  const groups: { name: string; key: 'severity' | 'class' | 'cause'; facets: Facet[] }[] = [
    {
      name: 'Severity',
      key: 'severity',
      facets: severities.map((severity) => ({
        name: severityWords(severity),
        count: count((outage) => (outage.severity ?? 0) === severity),
        next: { ...scope, severity: [String(severity)] },
      })),
    },
    {
      name: 'Change',
      key: 'class',
      facets: (Object.entries(CLASSES) as [Mark, string[]][]).map(([mark, classes]) => ({
        name: MARK_WORDS[mark],
        count: count((outage) => markOf(outage) === mark),
        next: { ...scope, class: classes },
      })),
    },
    {
      name: 'Cause',
      key: 'cause',
      facets: (Object.keys(CAUSES) as Outage['cause'][]).map((cause) => ({
        name: CAUSES[cause],
        count: count((outage) => outage.cause === cause),
        next: { ...scope, cause: [cause] },
      })),
    },
  ];
  return (
    <div className="facets">
      {groups.map(({ name, key, facets }) => (
        <p key={key}>
          <b>{name}</b>
          {facets
            .filter((facet) => facet.count > 0)
            .map((facet) => (
              <Link key={facet.name} className="rows" href={withScope('/outages', facet.next)}>
                {facet.name} <span className="muted">{int(facet.count)}</span>
              </Link>
            ))}
          {scope[key] && (
            <Link className="rows" href={withScope('/outages', { ...scope, [key]: undefined })}>
              all
            </Link>
          )}
        </p>
      ))}
    </div>
  );
}
