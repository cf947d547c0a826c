import type { ReactNode } from 'react';

import { useCoverage, useTotal } from '../api/queries';
import type { AuthorClass, Claim, Share } from '../api/types';
import type { Filter } from '../filter/codec';
import { DASH, int, share as percent } from '../format/number';
import { date } from '../format/time';
import { Rows } from '../parts/Rows';

const AI: AuthorClass[] = ['ai_agent', 'ai_assisted'];
const KNOWN: AuthorClass[] = ['ai_agent', 'ai_assisted', 'human', 'automation'];
const MATURE: Filter = { mature: 'true' };

/** The numbers that the answer is read with: how much AI there is, and how much is known at all. */
export function KeyNumbers({ share }: { share?: Claim }) {
  const mature = useTotal(MATURE);
  const coverage = useCoverage();
  if (!share) return null;
  const { shares, share_bounds: bounds } = share.answer;
  const all = count(shares);
  return (
    <table className="ledger">
      <caption className="hidden">Key numbers</caption>
      <tbody>
        <Line
          label="Changes with a mark of AI"
          value={percent(part(count(shares, AI), all))}
          counts={<Of count={count(shares, AI)} of={{ class: AI }} all={all} />}
          remark={`${percent(bounds?.low)} if every unknown were human, ${percent(bounds?.high)} if AI`}
        />
        <Line
          label="Changes that landed"
          value={int(all)}
          counts={<Rows count={all} of={{}}>{`All ${int(all)}`}</Rows>}
          remark={period(coverage.data?.data_from, coverage.data?.data_to)}
        />
        <Line
          label="Author class known"
          value={percent(part(count(shares, KNOWN), all))}
          counts={<Of count={count(shares, KNOWN)} of={{ class: KNOWN }} all={all} />}
          remark="the others carry no mark; that is not the same as human"
        />
        <Line
          label="14 days over"
          value={percent(part(mature.data, all))}
          counts={mature.data === undefined ? DASH : <Of count={mature.data} of={MATURE} all={all} />}
          remark="only these are compared"
        />
      </tbody>
    </table>
  );
}

function Line(props: { label: string; value: string; counts: ReactNode; remark: string }) {
  return (
    <tr>
      <th scope="row">{props.label}</th>
      <td className="value">{props.value}</td>
      <td className="remark">
        <span className="number">{props.counts}</span>
        <small>{props.remark}</small>
      </td>
    </tr>
  );
}

function Of({ count, of, all }: { count: number; of: Filter; all: number }) {
  return (
    <>
      <Rows count={count} of={of} /> of <Rows count={all} of={{}} />
    </>
  );
}

function count(shares: Share[], classes?: AuthorClass[]): number {
  return shares
    .filter((share) => !classes || classes.includes(share.class))
    .reduce((sum, share) => sum + share.changes, 0);
}

function part(n: number | undefined, of: number): number | null {
  return n === undefined || of === 0 ? null : n / of;
}

function period(from?: string | null, to?: string | null): string {
  return from && to ? `${date(from)} to ${date(to)}` : '';
}
