import { FigureFrame, LineChart } from '../charts';
import type { Scope } from '../filter/scope';
import { int, share } from '../format/number';
import { date } from '../format/time';

interface Uses {
  week: string;
  open: boolean;
  changes: number;
  agent: number;
  agent_share: number;
  assisted: number;
  assisted_share: number;
  approved: number | null;
  reviewed: number;
  approved_share: number | null;
}

/** What AI does in changes: writes them, helps, or is all that approves them. */
export function UsesFigure({ scope }: { scope: Scope }) {
  return (
    <FigureFrame<Uses>
      id="adoption_uses"
      scope={scope}
      title="How AI is used"
      lede="Share of the changes that landed in the week"
      note="Approved by machines alone: of the changes whose reviews are known, those that no person approved and a machine did. Reviews by AI beside a person's are not told apart."
      height={300}
      empty="No change landed in this time."
      chart={({ items }) => {
        const weeks = items.map(({ values }) => values);
        return (
          <LineChart
            label="Share of changes by what AI did in them, by week."
            days={weeks.map(({ week }) => week)}
            open={weeks.map(({ open }) => open)}
            series={[
              {
                id: 'agent',
                of: 'ai_agent',
                name: 'Agent wrote',
                values: weeks.map((week) => week.agent_share),
              },
              {
                id: 'assisted',
                of: 'ai_assisted',
                name: 'Assisted',
                values: weeks.map((week) => week.assisted_share),
              },
              { id: 'approved', name: 'Approved', values: weeks.map((week) => week.approved_share) },
            ]}
            readout={(at) => <Words week={weeks[at]!} />}
          />
        );
      }}
    />
  );
}

function Words({ week }: { week: Uses }) {
  return (
    <>
      <b>Week of {date(week.week)}</b>
      {week.open && ' (not over)'}: agents wrote {int(week.agent)} of {int(week.changes)} (
      {share(week.agent_share)}) · assisted {int(week.assisted)} ({share(week.assisted_share)}) ·{' '}
      {week.approved === null
        ? 'reviews are not collected'
        : `machines alone approved ${int(week.approved)} of ${int(week.reviewed)} (${share(week.approved_share)})`}
    </>
  );
}
