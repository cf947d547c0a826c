import type { ReactNode } from 'react';

import type { AuthorClass, Exposure } from '../api/types';
import { CLASS, EXPOSURE, markOf } from '../words';

/** The mark of an author class: told apart by shape as well as by colour. Hollow stands for what is not final. */
export function Glyph({ of, r = 5, hollow = false }: { of: AuthorClass; r?: number; hollow?: boolean }) {
  const className = `glyph ${of}${hollow ? ' hollow' : ''}`;
  switch (of) {
    case 'human':
      return <circle className={className} r={r} />;
    case 'ai_assisted':
      return <path className={className} d={diamond(r * 1.25)} />;
    case 'ai_agent':
      return <path className={className} d={`M0 ${-r * 1.2}L${r * 1.15} ${r * 0.85}H${-r * 1.15}Z`} />;
    case 'automation':
      return <rect className={className} x={-r * 0.9} y={-r * 0.9} width={r * 1.8} height={r * 1.8} />;
    case 'unknown':
      return <path className={className} d={cross(r * 0.8)} />;
  }
}

/** A glyph on the line of the text, with the name of its class or other words for it. */
export function ClassKey({ of, children }: { of: AuthorClass; children?: ReactNode }) {
  return (
    <span className="class-key">
      <svg width="14" height="14" viewBox="-8 -8 16 16" aria-hidden="true">
        <Glyph of={of} />
      </svg>
      <span>{children ?? CLASS[of]}</span>
    </span>
  );
}

/** The same for a group of classes that is compared with others. */
export function ExposureKey({ of, children }: { of: Exposure; children?: ReactNode }) {
  return <ClassKey of={markOf(of)}>{children ?? EXPOSURE[of]}</ClassKey>;
}

function diamond(r: number): string {
  return `M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z`;
}

function cross(r: number): string {
  return `M${-r} ${-r}L${r} ${r}M${r} ${-r}L${-r} ${r}`;
}
