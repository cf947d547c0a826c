import { useHistory } from '../api/queries';
import type { PastAnswer } from '../api/types';
import { date } from '../format/time';
import { Figure } from '../parts/Figure';
import { Loaded } from '../parts/Loaded';
import { Scroll } from '../parts/Scroll';

/** The claim whose checks are all there are. */
const CLAIM = 'mistakes';
const WEEKS = 12;

/** The checks on the data, week by week, as the answers of these weeks recorded them. */
export function Checks() {
  const history = useHistory(CLAIM);
  return (
    <Loaded query={history} what="The checks" height={200}>
      {({ items }) => {
        const weeks = items.slice(0, WEEKS).reverse();
        const names = [
          ...new Map(weeks.flatMap(({ gates }) => gates.map(({ id, label }) => [id, label]))).entries(),
        ];
        return names.length === 0 ? null : <Strip weeks={weeks} names={names} />;
      }}
    </Loaded>
  );
}

function Strip({ weeks, names }: { weeks: PastAnswer[]; names: [string, string][] }) {
  return (
    <Figure
      title="Checks on the data, week by week"
      lede="As the last answer of each week recorded them. Where a check fails there is no verdict."
    >
      <Scroll label="Table: checks by week">
        <table className="plain checks">
          <thead>
            <tr>
              <th scope="col">Check</th>
              {weeks.map(({ week }) => (
                <th key={week} scope="col">
                  {date(week)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map(([id, label]) => (
              <tr key={id}>
                <th scope="row">{label}</th>
                {weeks.map((past) => (
                  <Result key={past.week} past={past} id={id} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Figure>
  );
}

function Result({ past, id }: { past: PastAnswer; id: string }) {
  const gate = past.gates.find((one) => one.id === id);
  if (!gate) return <td>–</td>;
  const word = gate.note ? 'Note' : gate.passes ? 'Passes' : 'Fails';
  return (
    <td title={gate.detail}>
      <span className={`stamp is-${word.toLowerCase()}`}>{word}</span>
    </td>
  );
}
