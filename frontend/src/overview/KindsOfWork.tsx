import { scaleLinear } from 'd3-scale';

import type { FigureOf, FigureRow } from '../api/figures';
import { FigureFrame, Num } from '../charts';
import type { Scope } from '../filter/scope';
import { interval, ratio } from '../format/number';
import { ClassKey, Glyph } from '../parts/Glyph';
import { Scroll } from '../parts/Scroll';

export interface KindOfWork {
  kind: 'stratum' | 'own' | 'same';
  size: string | null;
  tier: string | null;
  reference: number | null;
  reference_share: number | null;
  reference_rate: number | null;
  agent: number | null;
  agent_share: number | null;
  agent_rate: number | null;
  difference: number | null;
  ratio: number | null;
  low: number | null;
  high: number | null;
}

type Row = FigureRow<KindOfWork>;
type X = (rate: number) => number;

/** The same counts by kind of work: what the raw ratio owes to who does which work. */
export function KindsOfWork({ scope }: { scope: Scope }) {
  return (
    <FigureFrame<KindOfWork>
      id="kinds_of_work"
      scope={scope}
      title="Raw and at equal work"
      height={300}
      image={false}
      empty="No mature change by an agent and of known size is there to compare."
      lede={<Key />}
      chart={({ items }) => <Dumbbells rows={items} />}
      note={reading}
    />
  );
}

function Key() {
  return (
    <>
      <ClassKey of="human">No AI recorded</ClassKey> <ClassKey of="ai_agent" />{' '}
      <span className="muted">mistakes by changes; area of the mark: share of that class’s work</span>
    </>
  );
}

export function Dumbbells({ rows }: { rows: Row[] }) {
  const rates = rows
    .flatMap(({ values }) => [values.reference_rate, values.agent_rate])
    .filter((rate) => rate !== null);
  const scale = scaleLinear([0, Math.max(...rates, 0.01)], [2, 98]).nice(4);
  const x: X = (rate) => scale(rate);
  return (
    <Scroll label="Mistakes by kind of work">
      <table className="strata">
        <thead>
          <tr>
            <th scope="col">Kind of work</th>
            <th scope="col" className="number">
              Share of work <small>no AI · agent</small>
            </th>
            <th scope="col" className="dumbbell">
              <span className="hidden">Mistakes by changes</span>
              <Ticks x={x} ticks={scale.ticks(4)} />
            </th>
            <th scope="col" className="number">
              Agent less no AI
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <Line key={i} row={row} x={x} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Line({ row, x }: { row: Row; x: X }) {
  const { values, rows } = row;
  const whole = values.kind !== 'stratum';
  return (
    <tr className={values.kind}>
      <th scope="row">{name(values)}</th>
      <td className="number">
        {whole ? (
          <small>
            ratio {ratio(values.ratio)}, {interval(values.low, values.high)}
          </small>
        ) : (
          <>
            <Num value={values.reference} href={rows.reference}>
              {percent(values.reference_share)}
            </Num>
            {' · '}
            <Num value={values.agent} href={rows.agent}>
              {percent(values.agent_share)}
            </Num>
          </>
        )}
      </td>
      <td className="dumbbell">
        <Dumbbell values={values} x={x} />
      </td>
      <td className="number">{points(values.difference)}</td>
    </tr>
  );
}

function Dumbbell({ values, x }: { values: KindOfWork; x: X }) {
  const { reference_rate: none, agent_rate: agent } = values;
  if (none === null || agent === null) return <small>too few to show</small>;
  const mark = (share: number | null) => (values.kind === 'stratum' ? 2.5 + 6 * Math.sqrt(share ?? 0) : 5);
  return (
    <>
      <span className="hidden">
        no AI {percent(none)}, agent {percent(agent)}
      </span>
      <svg width="100%" height="20" aria-hidden="true" overflow="visible">
        <line className="bar" x1={`${x(none)}%`} x2={`${x(agent)}%`} y1="50%" y2="50%" />
        <svg x={`${x(none)}%`} y="50%" overflow="visible">
          <Glyph of="human" r={mark(values.reference_share)} />
        </svg>
        <svg x={`${x(agent)}%`} y="50%" overflow="visible">
          <Glyph of="ai_agent" r={mark(values.agent_share)} />
        </svg>
      </svg>
    </>
  );
}

function Ticks({ x, ticks }: { x: X; ticks: number[] }) {
  return (
    <svg width="100%" height="16" aria-hidden="true" overflow="visible">
      {ticks.map((tick, i) => (
        <text key={tick} className="tick" x={`${x(tick)}%`} y="12" textAnchor="middle">
          {Math.round(1000 * tick) / 10}
          {i === ticks.length - 1 && '\u202f%'}
        </text>
      ))}
    </svg>
  );
}

const SIZE: Record<string, string> = { small: 'Small change', large: 'Large change' };
const TIER: Record<string, string> = { high: 'critical', low: 'less critical', unknown: 'tier not known' };

function name({ kind, size, tier }: KindOfWork): string {
  if (kind === 'own') return 'All, each with its own mix of work';
  if (kind === 'same') return 'All, on the same mix of work';
  return `${SIZE[size ?? '']}, ${TIER[tier ?? '']}`;
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(share < 0.1 ? 1 : 0)}\u202f%`;
}

function points(difference: number | null): string {
  if (difference === null) return '–';
  const text = (100 * Math.abs(difference)).toFixed(1);
  return `${text === '0.0' ? '' : difference < 0 ? '\u2212' : '+'}${text} pts`;
}

/** What the two last rows say together. */
function reading({ items }: FigureOf<KindOfWork>) {
  const own = items.find(({ values }) => values.kind === 'own')?.values.ratio;
  const same = items.find(({ values }) => values.kind === 'same')?.values.ratio;
  const small =
    'Small: at most 50 lines. Critical: tier 1. The intervals take mistakes to be independent; the one that decides is above.';
  if (own == null || same == null) return small;
  return `With its own mix of work an agent’s change turns out to be a mistake ${ratio(own)} times as often, on the same mix ${ratio(same)} times. ${small}`;
}
