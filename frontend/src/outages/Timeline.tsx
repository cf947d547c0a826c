import '../styles/outages.css';

import { scaleUtc } from 'd3-scale';
import { useRef, useState, type KeyboardEvent } from 'react';
import { Link } from 'wouter';

import { TimeAxis } from '../charts/Axes';
import { plural } from '../format/number';
import { useWidth } from '../parts/useWidth';
import { Brush } from './Brush';
import { lanes, type By, type Lane, type Placed } from './lanes';
import { type Outage, outageHref, outageWords, severityWords } from './outage';
import { OutageMark } from './OutageMark';
import { TimelineKey } from './TimelineKey';

interface Props {
  outages: Outage[];
  /** The time that the figure spans, days; that of the outages where it is not given. */
  from?: string | null;
  to?: string | null;
  by?: By;
  /** Told the first day and the day after the last of a part that somebody drew. Without it none can be drawn. */
  zoom?: (from: string, to: string) => void;
}

const TOP = 20;
const LEFT: Record<By, number> = { severity: 56, class: 134, service: 150 };
const AXIS = 30;
const NAMED: Record<By, string> = {
  severity: 'by severity',
  service: 'by the service that was struck',
  class: 'by who wrote the change',
};

/** Outages over time in lanes. Every mark leads to its outage; the arrow keys go from one to the next in time. */
export function Timeline({ outages, from, to, by = 'severity', zoom }: Props) {
  const [ref, width] = useWidth(720);
  const inTime = outages.toSorted((a, b) => a.began.localeCompare(b.began));
  const left = LEFT[by];
  const right = Math.max(width - 14, left + 60);
  const x = scaleUtc(span(inTime, from, to), [left, right]);
  const drawn = lanes(inTime, x, TOP, by);
  const walk = useWalk(inTime);
  const height = drawn.bottom + AXIS;
  const box = { left, right, top: TOP, bottom: drawn.bottom - 4 };
  return (
    <div ref={ref} className="timeline">
      <TimelineKey outages={outages} />
      <p className="readout" aria-live="polite">
        {walk.said
          ? outageWords(walk.said)
          : `${plural(outages.length, 'outage')}. The arrow keys go from one to the next.`}
      </p>
      <svg
        className="chart"
        role="group"
        aria-label={`Outages over time, ${NAMED[by]}`}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        onKeyDown={walk.onKeyDown}
      >
        {zoom && <Brush x={x} box={box} zoom={zoom} />}
        {drawn.lanes.map((lane) => (
          <LaneOf key={lane.name} lane={lane} left={left} right={box.right} walk={walk} wide={width > 640} />
        ))}
        <TimeAxis x={x} box={box} />
      </svg>
    </div>
  );
}

const MOST = 19; // letters of a lane's name that have room

type Walk = ReturnType<typeof useWalk>;

interface LaneProps {
  lane: Lane;
  left: number;
  right: number;
  walk: Walk;
  wide: boolean;
}

function LaneOf({ lane, left, right, walk, wide }: LaneProps) {
  const named = wide && lane.name === severityWords(1) ? labelled(lane.marks) : [];
  return (
    <g>
      <line className="ground" x1={left} x2={right} y1={lane.y} y2={lane.y} aria-hidden="true" />
      <text className="label strong lane-label" x={0} y={lane.y} dy=".33em">
        {lane.name.length > MOST ? `${lane.name.slice(0, MOST - 1)}…` : lane.name}
      </text>
      {lane.marks.map((mark) => (
        <MarkLink key={mark.outage.id} mark={mark} walk={walk} />
      ))}
      {named.map(({ outage, x, y }) => (
        <text key={outage.id} className="tick halo" x={x} y={y - 15} textAnchor="middle" aria-hidden="true">
          {outage.title}
        </text>
      ))}
    </g>
  );
}

function MarkLink({ mark: { outage, x, y }, walk }: { mark: Placed; walk: Walk }) {
  return (
    <Link
      href={outageHref(outage.id)}
      aria-label={outageWords(outage)}
      className="outage-mark"
      tabIndex={walk.stop === outage.id ? 0 : -1}
      ref={(element: Element | null) => walk.keep(outage.id, element)}
      onFocus={() => walk.go(outage)}
      onBlur={walk.leave}
      onMouseEnter={() => walk.say(outage)}
      onMouseLeave={walk.leave}
    >
      <g transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
        <circle className="target-area" r={12} />
        <OutageMark outage={outage} />
      </g>
    </Link>
  );
}

/** One of the marks is a stop of the Tab key, and the arrow keys move it. */
function useWalk(inTime: Outage[]) {
  const [at, setAt] = useState<string>();
  const [said, say] = useState<Outage>();
  const marks = useRef(new Map<string, Element>());
  const found = inTime.findIndex((outage) => outage.id === at);
  const place = found < 0 ? inTime.length - 1 : found;
  const stop = inTime[place]?.id;
  const moves: Record<string, number> = {
    ArrowRight: Math.min(place + 1, inTime.length - 1),
    ArrowLeft: Math.max(place - 1, 0),
    Home: 0,
    End: inTime.length - 1,
  };
  return {
    stop,
    said,
    say,
    leave: () => say(undefined),
    go: (outage: Outage) => {
      setAt(outage.id);
      say(outage);
    },
    keep: (id: string, element: Element | null) => {
      if (element) marks.current.set(id, element);
      else marks.current.delete(id);
    },
    onKeyDown: (event: KeyboardEvent) => {
      const next = moves[event.key] === undefined ? undefined : inTime[moves[event.key]!];
      if (!next) return;
      event.preventDefault();
      (marks.current.get(next.id) as SVGElement | undefined)?.focus();
    },
  };
}

/** Marks whose titles have room beside one another. */
function labelled(marks: Placed[]): Placed[] {
  const shown: Placed[] = [];
  for (const mark of marks) {
    const last = shown.at(-1);
    const room = last ? 3.4 * (last.outage.title.length + mark.outage.title.length) : 0;
    if (!last || mark.x - last.x > room) shown.push(mark);
  }
  return shown.length < marks.length ? [] : shown;
}

const DAY = 86_400_000;

function span(inTime: Outage[], from?: string | null, to?: string | null): [Date, Date] {
  const first = new Date(from ?? inTime[0]?.began ?? 0);
  const last = new Date(to ?? inTime.at(-1)?.began ?? 0);
  return +last > +first ? [first, last] : [new Date(+first - DAY), new Date(+first + DAY)];
}
