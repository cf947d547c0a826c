import { useHistory } from '../api/queries';
import { date } from '../format/time';
import { Figure } from '../parts/Figure';
import { Loaded } from '../parts/Loaded';
import { Verdict } from '../parts/Verdict';

/** The answers week by week, so that one that flips is seen. */
export function History({ id }: { id: string }) {
  const history = useHistory(id);
  return (
    <Loaded query={history} what="The history" height={120}>
      {({ items }) =>
        items.length === 0 ? null : (
          <Figure title="Answers so far" lede="The last answer of every week is kept as it was given.">
            <table className="plain history">
              <thead>
                <tr>
                  <th scope="col">Week of</th>
                  <th scope="col">Answer</th>
                  <th scope="col">Definition</th>
                </tr>
              </thead>
              <tbody>
                {items.map((past) => (
                  <tr key={past.week + past.version}>
                    <th scope="row">{date(past.week)}</th>
                    <td>
                      <Verdict code={past.code} word={past.word} />
                      {past.flipped && <small>another than the week before</small>}
                    </td>
                    <td>version {past.version}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Figure>
        )
      }
    </Loaded>
  );
}
