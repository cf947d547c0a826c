import type { ReactNode } from 'react';

import { type Mark, MARK_WORDS, MARKS, type Outage, markOf, operates, unseen } from './outage';
import { Shape } from './OutageMark';

/** What the marks of a timeline mean: those that occur in it. */
export function TimelineKey({ outages }: { outages: Outage[] }) {
  const found = new Set<Mark>(outages.map(markOf));
  return (
    <p className="timeline-key">
      {MARKS.filter((mark) => found.has(mark)).map((mark) => (
        <Item key={mark} words={MARK_WORDS[mark]}>
          <Shape of={mark} />
        </Item>
      ))}
      {outages.some(unseen) && (
        <Item words="hollow: no second person">
          <Shape of="ai_agent" hollow />
        </Item>
      )}
      {outages.some(operates) && (
        <Item words="ring: could merge and deploy">
          <circle className="ring" r={8} />
        </Item>
      )}
      {outages.some((outage) => outage.probable) && <span>? probable link</span>}
    </p>
  );
}

function Item({ words, children }: { words: string; children: ReactNode }) {
  return (
    <span className="class-key">
      <svg width="20" height="20" viewBox="-10 -10 20 20" aria-hidden="true">
        {children}
      </svg>
      <span>{words}</span>
    </span>
  );
}
