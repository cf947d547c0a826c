import { useId, useState } from 'react';

import type { Source, Stream } from '../api/types';
import { int } from '../format/number';
import { dateTime } from '../format/time';
import { Figure } from '../parts/Figure';
import { Scroll } from '../parts/Scroll';
import { Controls } from './Controls';
import { Scopes } from './Scopes';
import { ScopesTable } from './ScopesTable';
import { Stamp } from './Stamp';
import { ageWords, nextWords, scopeWords, streamStatus } from './status';

interface Props {
  streams: Stream[];
  /** Every row of the ledger of these streams, where there are few; else they are asked for when they are opened. */
  scopes?: Source[];
  controls: boolean;
}

const HEADS = ['Stream', 'Last runs', 'Age of the data', 'New rows', 'Requests', 'Next run'];

/** One kind of source: a line for each of its streams, and the scopes of a stream below it when it is opened. */
export function SourceFigure({ streams, scopes, controls }: Props) {
  const source = streams[0]?.source ?? '';
  const scheduled = streams.some((stream) => stream.every_seconds !== undefined);
  const paused = streams.some((stream) => stream.paused);
  return (
    <Figure title={source} tools={controls && scheduled && <Controls source={source} paused={paused} />}>
      <Scroll label={`Streams of ${source}`}>
        <table className="plain streams">
          <thead>
            <tr>
              {HEADS.map((head) => (
                <th key={head} scope="col" className={isNumber(head) ? 'number' : undefined}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          {streams.map((stream) => (
            <StreamRows
              key={stream.stream}
              stream={stream}
              scopes={scopes?.filter((scope) => scope.stream === stream.stream)}
              opened={scopes !== undefined && streams.length === 1}
            />
          ))}
        </table>
      </Scroll>
    </Figure>
  );
}

function isNumber(head: string): boolean {
  return head === 'New rows' || head === 'Requests';
}

interface RowsProps {
  stream: Stream;
  scopes?: Source[];
  opened: boolean;
}

function StreamRows({ stream, scopes, opened }: RowsProps) {
  const [open, setOpen] = useState(opened);
  const id = useId();
  const label = `Scopes of ${stream.source}, ${stream.stream}`;
  return (
    <tbody>
      <tr>
        <th scope="row">
          {stream.stream}
          <button
            className="quiet opener"
            aria-expanded={open}
            aria-controls={id}
            aria-label={`${scopeWords(stream)} of ${stream.stream}`}
            disabled={stream.scopes === 0}
            onClick={() => setOpen(!open)}
          >
            {scopeWords(stream)}
          </button>
        </th>
        <td>
          <Stamp {...streamStatus(stream)} />
          <Why stream={stream} />
        </td>
        <td title={dateTime(stream.last_success_at)}>
          {ageWords(stream.last_success_at)}
          <Oldest stream={stream} />
        </td>
        <td className="number">{int(stream.rows)}</td>
        <td className="number">{int(stream.requests)}</td>
        <td title={dateTime(stream.next_run_at)}>{nextWords(stream)}</td>
      </tr>
      <tr id={id} className="opened" hidden={!open}>
        <td colSpan={HEADS.length}>
          {open &&
            (scopes ? (
              <ScopesTable scopes={scopes} label={label} />
            ) : (
              <Scopes filter={{ source: stream.source, stream: stream.stream }} label={label} />
            ))}
        </td>
      </tr>
    </tbody>
  );
}

/** Why none of it is collected, or what failed last. */
function Why({ stream }: { stream: Stream }) {
  if (!stream.error || stream.failed + stream.absent === 0) return null;
  if (stream.failed === 0 && stream.absent < stream.scopes) return null;
  return <small className={stream.failed > 0 ? 'error' : undefined}>{stream.error}</small>;
}

/** The scope that waits longest, where it waits much longer than the others. */
function Oldest({
  stream: { last_success_at: newest, oldest_success_at: oldest, never },
}: {
  stream: Stream;
}) {
  if (!newest || !oldest) return null;
  const parts = [];
  if (Date.parse(newest) - Date.parse(oldest) > 3_600_000) parts.push(`the oldest ${ageWords(oldest)}`);
  if (never > 0) parts.push(`${int(never)} never whole`);
  return parts.length > 0 ? <small>{parts.join(', ')}</small> : null;
}
