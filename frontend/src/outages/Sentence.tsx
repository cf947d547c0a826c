import { Fragment } from 'react';

import { Num } from '../charts/Num';
import { int, plural } from '../format/number';
import type { Mark } from './outage';
import type { ClassRows, ExpectedRows } from './rows';

const WORDS: Partial<Record<Mark, string>> = {
  ai_agent: 'by an AI agent',
  ai_assisted: 'AI-assisted',
  no_ai: 'with no AI recorded',
  automation: 'by a bot',
};

/** How many outages there were and what they came from; then how many changes with AI caused one, and how many chance would bring. */
export function Sentence({ classes, expected }: { classes: ClassRows; expected: ExpectedRows }) {
  const all = sum(classes);
  const linked = classes.filter(({ values }) => values.written_by in WORDS);
  if (all === 0) return <h1 className="sentence spoken">No outages in this time, or of this choice.</h1>;
  return (
    <>
      <h1 className="sentence spoken">
        {plural(all, 'outage')}; {sum(linked) === all ? 'all' : int(sum(linked))} linked to a change
        {linked.length > 0 && ': '}
        {linked.map(({ values, rows }, i) => (
          <Fragment key={values.written_by}>
            {i > 0 && ', '}
            <Num value={values.outages} href={rows.outages} /> {WORDS[values.written_by]}
          </Fragment>
        ))}
        .
      </h1>
      <p className="lede">
        <Others classes={classes} />
        <Chance expected={expected} />
      </p>
    </>
  );
}

function Others({ classes }: { classes: ClassRows }) {
  const of = (mark: Mark) => classes.find(({ values }) => values.written_by === mark);
  const [elsewhere, unknown] = [of('elsewhere'), of('not_known')];
  return (
    <>
      {elsewhere && (
        <>
          <Outages row={elsewhere} /> came from capacity, a dependency or hardware
        </>
      )}
      {unknown && (
        <>
          {elsewhere ? '; of ' : 'Of '}
          <Outages row={unknown} /> the cause is not known
        </>
      )}
      {(elsewhere || unknown) && '. '}
    </>
  );
}

function Outages({ row: { values, rows } }: { row: ClassRows[number] }) {
  return (
    <Num value={values.outages} href={rows.outages}>
      {plural(values.outages, 'outage')}
    </Num>
  );
}

/** The count of outages with AI means little without the count that AI's share of the same work makes one expect. */
function Chance({ expected }: { expected: ExpectedRows }) {
  const row = expected.find(({ values }) => values.outcome === 'incident' && values.written_by === 'ai');
  if (!row) return null;
  const { changes, of, expected: number, hidden } = row.values;
  if (changes === null) return <>What chance would bring is not shown: {hidden}.</>;
  return (
    <>
      Of <Num value={of} href={row.rows.of} /> changes whose 14 days are over and that caused one,{' '}
      <Num value={changes} href={row.rows.changes} /> came with AI; {number?.toFixed(1)} were to be expected
      from AI’s share of the same work (repository, quarter, permission, review and size).
    </>
  );
}

function sum(rows: ClassRows): number {
  return rows.reduce((all, { values }) => all + values.outages, 0);
}
