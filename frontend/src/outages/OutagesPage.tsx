import '../styles/outages.css';
import '../styles/spoken.css';

import { useState } from 'react';

import { figureCsv, useFigure } from '../api/figures';
import { FigureFrame } from '../charts/FigureFrame';
import type { Scope } from '../filter/scope';
import { useScope } from '../filter/useScope';
import { Capped } from '../parts/Capped';
import { Figure } from '../parts/Figure';
import { Loaded } from '../parts/Loaded';
import { Choice } from '../parts/Choice';
import { useTitle } from '../parts/useTitle';
import { ClassesTable } from './ClassesTable';
import { Facets } from './Facets';
import { Minutes } from './Minutes';
import type { By } from './lanes';
import type { Outage } from './outage';
import { OutagesTable } from './OutagesTable';
import type { ClassRow, ExpectedRow } from './rows';
import { Sentence } from './Sentence';
import { Timeline } from './Timeline';

/** All outages of the scope: how many came from which changes, when they were, how long they took, and each in a row. */
export function OutagesPage() {
  useTitle('Outages');
  const [scope, setScope] = useScope();
  const [by, setBy] = useState<By>('severity');
  const outages = useFigure<Outage>('outages', scope);
  const classes = useFigure<ClassRow>('outages_classes', scope);
  const expected = useFigure<ExpectedRow>('outages_expected', scope);
  const all = outages.data?.items.map((item) => item.values) ?? [];
  return (
    <div className="page">
      <p className="question">Which changes did outages come from?</p>
      {!classes.data && <h1 className="sentence">Outages</h1>}
      <Loaded query={classes} what="The outages" height={120}>
        {({ items }) => <Sentence classes={items} expected={expected.data?.items ?? []} />}
      </Loaded>
      <FigureFrame<Outage>
        id="outages"
        scope={scope}
        title="When they were"
        height={320}
        empty="No outages in this time, or of this choice."
        chart={({ from, to, data_to }) => (
          <>
            <Choice label="Lanes" options={Object.keys(BY) as By[]} words={BY} chosen={by} choose={setBy} />
            <Timeline
              outages={all}
              from={from}
              to={to ?? (from && data_to)}
              by={by}
              zoom={(first, end) => setScope({ ...scope, range: undefined, from: first, to: end })}
            />
          </>
        )}
        table={() => <OutagesTable items={all} label="Table: when they were" />}
        note="A mark stands at the beginning of its outage and leads to it. To show a part of the time, draw over it, or move its ends with the arrow keys and press Enter; Back returns."
      />
      <FigureFrame<ClassRow>
        id="outages_classes"
        scope={scope}
        title="How long they took"
        height={260}
        chart={({ items }) => <Minutes outages={all} classes={items.map((item) => item.values)} />}
        table={({ items }) => <ClassesTable rows={items} />}
        note="Every outage that is over is a point, and the upright line the median. Durations are as declared; a few long ones make up most of a sum."
      />
      <List scope={scope} />
    </div>
  );
}

const BY: Record<By, string> = {
  severity: 'By severity',
  service: 'By service',
  class: 'By class of the change',
};

function List({ scope }: { scope: Scope }) {
  const outages = useFigure<Outage>('outages', scope);
  const tools = (
    <a className="quiet" href={figureCsv('outages', scope)} download>
      CSV
    </a>
  );
  return (
    <Figure title="Every outage" tools={tools}>
      <Loaded query={outages} what="The list of outages" height={600}>
        {({ items, total, truncated }) => (
          <>
            <Facets outages={items.map((item) => item.values)} scope={scope} />
            {items.length > 0 && (
              <Capped items={items.map((item) => item.values)}>
                {(shown) => <OutagesTable items={shown} />}
              </Capped>
            )}
            {truncated && (
              <p className="note">
                The first {items.length} of {total}; the CSV has all.
              </p>
            )}
          </>
        )}
      </Loaded>
    </Figure>
  );
}
