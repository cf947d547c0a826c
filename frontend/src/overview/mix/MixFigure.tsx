import { useState } from 'react';

import { useMix } from '../../api/queries';
import type { Month } from '../../api/types';
import { CLASS } from '../../words';
import { Figure } from '../../parts/Figure';
import { Loaded } from '../../parts/Loaded';
import { MixChart } from './MixChart';
import { MixTable } from './MixTable';
import { CLASSES, occurring, sinceAI } from './series';

const HEIGHT = 330;

/** "Who the changes come from": the part of each author class, month by month. */
export function MixFigure() {
  const mix = useMix();
  const [table, setTable] = useState(false);
  return (
    <Figure
      title="Who the changes come from"
      lede="Share of the changes that landed in a month, by author class"
      tools={
        <button className="quiet" aria-pressed={table} onClick={() => setTable(!table)}>
          Table
        </button>
      }
      note={mix.data && <Reading months={mix.data.items} />}
    >
      <Loaded query={mix} what="The months" height={HEIGHT}>
        {({ items }) => <Months months={items} table={table} />}
      </Loaded>
    </Figure>
  );
}

function Months({ months, table }: { months: Month[]; table: boolean }) {
  if (months.length === 0) return <p className="lede">No change has landed yet.</p>;
  return table ? <MixTable months={months} /> : <MixChart months={sinceAI(months)} height={HEIGHT} />;
}

function Reading({ months }: { months: Month[] }) {
  const present = occurring(months);
  const absent = CLASSES.filter((of) => !present.includes(of)).map((of) => CLASS[of]);
  const open = months.some((month) => !month.complete);
  const earlier = months.length - sinceAI(months).length;
  return (
    <p>
      Dotted: “Unknown” carries no mark of who wrote it; it is not counted as human.
      {absent.length > 0 && ` No change is ${absent.join(' or ')}.`}
      {earlier > 0 && ` ${earlier} earlier months, without a mark of AI, are in the table.`}
      {open && ' Dashed and hollow: the month in which the data end.'}
    </p>
  );
}
