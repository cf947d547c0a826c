import { useEffect, useRef, useState, type RefObject } from 'react';

import { useFolding } from '../filter/useFolding';
import { savePng, saveSvg } from './export';

interface Props {
  id: string;
  csv: string;
  table?: boolean; // shown instead of the chart; undefined where the figure is a table anyway
  setTable: (table: boolean) => void;
  drawing?: RefObject<HTMLElement | null>; // what holds the SVG, where there is one
}

/** What can be done with a figure: read it as a table, take it along as CSV or as a picture, or point at it. */
export function Tools({ id, csv, table, setTable, drawing }: Props) {
  const [said, say] = useSaying();
  const menu = useRef<HTMLDetailsElement>(null);
  useFolding(menu);
  const chart = () => drawing?.current?.querySelector<SVGSVGElement>('svg.chart');
  const take = (how: (svg: SVGSVGElement, name: string) => unknown) => async () => {
    const svg = chart();
    if (!svg) return say('No drawing');
    await Promise.resolve(how(svg, id)).catch(() => say('Not possible'));
  };
  const copy = () => {
    const here = new URL(location.href);
    here.hash = id;
    navigator.clipboard.writeText(here.href).then(
      () => say('Link copied'),
      () => say('Not allowed'),
    );
  };
  return (
    <>
      {table !== undefined && (
        <button className="quiet" aria-pressed={table} onClick={() => setTable(!table)}>
          Table
        </button>
      )}
      <a className="quiet" href={csv} download>
        CSV
      </a>
      <details className="more" ref={menu}>
        <summary className="quiet">
          <span aria-live="polite">{said || 'More'}</span>
        </summary>
        <div className="pick-panel">
          <button className="quiet" onClick={copy}>
            Copy link
          </button>
          {drawing && !table && (
            <>
              <button className="quiet" onClick={() => void take(saveSvg)()}>
                SVG
              </button>
              <button className="quiet" onClick={() => void take(savePng)()}>
                PNG
              </button>
            </>
          )}
        </div>
      </details>
    </>
  );
}

/** Something said for two seconds. */
function useSaying(): [string, (text: string) => void] {
  const [said, say] = useState('');
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => say(''), 2_000);
    return () => clearTimeout(timer);
  }, [said]);
  return [said, say];
}
