import { Link } from 'wouter';

import type { Gate } from '../api/types';
import { changesHref, parseFilter } from '../filter/codec';
import { int, plural } from '../format/number';
import { Figure } from '../parts/Figure';

/** The checks that can withhold an answer, with what each found. */
export function Gates({ gates, gated = false }: { gates: Gate[]; gated?: boolean }) {
  if (gates.length === 0) return null;
  return (
    <Figure title={title(gates)} tone={gated ? 'bad' : undefined}>
      <table className="gates">
        <thead className="hidden">
          <tr>
            <th scope="col">Result</th>
            <th scope="col">Check</th>
            <th scope="col">Found</th>
            <th scope="col">Needed</th>
          </tr>
        </thead>
        <tbody>
          {gates.map((gate, i) => (
            <Line key={i} gate={gate} />
          ))}
        </tbody>
      </table>
    </Figure>
  );
}

function Line({ gate }: { gate: Gate }) {
  const [result, tone] = gate.note
    ? ['Note', 'note']
    : gate.passes
      ? ['Passes', 'passes']
      : ['Fails', 'fails'];
  return (
    <tr>
      <td>
        <span className={`stamp is-${tone}`}>{result}</span>
      </td>
      <th scope="row">{gate.label}</th>
      <td className="found">
        {gate.detail}
        {gate.rows && (
          <>
            {' '}
            <Link href={changesHref(parseFilter(gate.rows))}>Show them</Link>
          </>
        )}
      </td>
      <td className="needed">
        {gate.note ? 'shown, not counted' : gate.threshold && `needs ${gate.threshold}`}
      </td>
    </tr>
  );
}

function title(gates: Gate[]): string {
  const counted = gates.filter((gate) => !gate.note);
  const failing = counted.filter((gate) => !gate.passes).length;
  if (failing === 0) return 'Checks on the data';
  return `${int(failing)} of ${plural(counted.length, 'check')} ${failing === 1 ? 'fails' : 'fail'}, so there is no verdict`;
}
