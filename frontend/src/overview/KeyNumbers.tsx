import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { useEarlier } from '../adoption/useEarlier';
import { useFigure } from '../api/figures';
import type { Claim } from '../api/types';
import { Num } from '../charts';
import { withScope, type Scope } from '../filter/scope';
import { DASH, int, share } from '../format/number';
import type { AdoptionWeek } from './AdoptionFigure';
import { ofAI, points, signed, type Caused, type Landed, type Skipped } from './numbers';

/** The four numbers that the answer is read with, each beside what it is to be held against, and each with its page. */
export function KeyNumbers({ scope, adoption }: { scope: Scope; adoption?: Claim }) {
  return (
    <table className="ledger">
      <caption className="hidden">Key numbers</caption>
      <tbody>
        <Using scope={scope} target={adoption?.target} />
        <Outages scope={scope} />
        <Reviews scope={scope} />
        <Deploying scope={scope} />
      </tbody>
    </table>
  );
}

function Using({ scope, target }: { scope: Scope; target?: number | null }) {
  const weeks = useFigure<AdoptionWeek>('adoption_weeks', scope).data?.items ?? [];
  const whole = weeks.map(({ values }) => values).filter((week) => !week.open);
  const last = whole.at(-1);
  return (
    <Line
      label="People using AI, last full week"
      href={withScope('/adoption', scope)}
      value={share(last?.share)}
      against={target == null ? '' : `target ${share(target)}`}
      remark={
        last?.people == null
          ? (last?.hidden ?? 'nobody landed a change')
          : `${int(last.users)} of ${int(last.people)} people`
      }
      change={points(last?.share, whole.at(-13)?.share)}
      since="on 12 weeks before"
    />
  );
}

function Outages({ scope }: { scope: Scope }) {
  const row = ofAI(useFigure<Caused>('outages_expected', scope).data?.items, 'incident');
  const before = ofAI(useEarlier<Caused>('outages_expected', scope).rows, 'incident');
  const found = row?.values.of ? row.values : undefined; // without any, nothing is to be expected
  const value = (
    <>
      <Num value={found?.changes} href={row?.rows.changes} /> of <Num value={found?.of} href={row?.rows.of} />
    </>
  );
  return (
    <Line
      label="AI changes among those that caused an outage"
      href={withScope('/outages', scope)}
      value={found?.changes == null ? DASH : value}
      against={
        found?.expected == null
          ? row?.values.hidden || 'no outage is tied to a change'
          : `${found.expected.toFixed(1)} expected`
      }
      remark={found?.expected != null && 'from their share of the same work'}
      change={
        found?.changes == null || before?.values.changes == null
          ? ''
          : signed(found.changes - before.values.changes)
      }
      since="on the time before"
    />
  );
}

function Reviews({ scope }: { scope: Scope }) {
  const items = useFigure<Skipped>('reviews_classes', scope).data?.items;
  const ai = ofAI(items);
  const none = items?.find(({ values }) => values.written_by === 'no_ai');
  const before = ofAI(useEarlier<Skipped>('reviews_classes', scope).rows);
  return (
    <Line
      label="AI changes without a second person"
      href={withScope('/reviews', scope)}
      value={share(ai?.values.share)}
      against={ai?.values.share == null ? 'no reviews are collected' : `no AI: ${share(none?.values.share)}`}
      remark={
        ai?.values.share != null && (
          <>
            <Num value={ai.values.skipped} href={ai.rows.skipped} /> of{' '}
            <Num value={ai.values.collected} href={ai.rows.collected} />
          </>
        )
      }
      change={points(ai?.values.share, before?.values.share)}
      since="on the time before"
    />
  );
}

function Deploying({ scope }: { scope: Scope }) {
  const row = ofAI(useFigure<Landed>('permissions_classes', scope).data?.items);
  const before = ofAI(useEarlier<Landed>('permissions_classes', scope).rows);
  const found = row?.values;
  const known = found?.skipped_share != null;
  const over = known && found.limit != null && found.skipped_share! > found.limit;
  return (
    <Line
      label="Of those that could merge and deploy"
      href={withScope('/permissions', scope)}
      value={share(found?.skipped_share)}
      against={
        known ? `${over ? 'over' : 'within'} the ${share(found.limit)} limit` : 'no permissions are collected'
      }
      bad={over}
      remark={
        known && (
          <>
            <Num value={found.operator_skipped} href={row?.rows.operator_skipped} /> of{' '}
            <Num value={found.operator_collected} href={row?.rows.operator_collected} />
          </>
        )
      }
      change={points(found?.skipped_share, before?.values.skipped_share)}
      since="on the time before"
    />
  );
}

interface LineProps {
  label: string;
  href: string;
  value: ReactNode;
  against?: string;
  remark?: ReactNode;
  change: string;
  since: string;
  bad?: boolean;
}

function Line({ label, href, value, against, remark, change, since, bad }: LineProps) {
  return (
    <tr>
      <th scope="row">
        <Link href={href}>{label}</Link>
      </th>
      <td className="value">{value}</td>
      <td className={bad ? 'remark over' : 'remark'}>
        {against}
        <small>{remark}</small>
      </td>
      <td className="change">
        {change}
        {change && <small>{since}</small>}
      </td>
    </tr>
  );
}
