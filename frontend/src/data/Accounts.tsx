import { useUnmatchedAccounts } from '../api/queries';
import { int, share } from '../format/number';
import { Figure } from '../parts/Figure';
import { Loaded } from '../parts/Loaded';
import { Scroll } from '../parts/Scroll';

/** How many accounts are nobody's yet, by kind of source. */
export function Accounts() {
  const accounts = useUnmatchedAccounts();
  return (
    <Figure
      title="Accounts without a person"
      note="An account whose person is not known counts as a person of its own: the same person at two sources is then two. The file of people in baserate.yaml joins them."
    >
      <Loaded query={accounts} what="The accounts" height={120}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="lede">No account has been seen yet.</p>
          ) : (
            <Scroll label="Table of accounts">
              <table className="plain accounts">
                <thead>
                  <tr>
                    <th scope="col">Source</th>
                    <th scope="col" className="number">
                      Without a person
                    </th>
                    <th scope="col" className="number">
                      Accounts
                    </th>
                    <th scope="col" className="number">
                      Their share of changes
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((row) => (
                    <tr key={row.source}>
                      <th scope="row">{row.source}</th>
                      <td className="number">{int(row.unmatched)}</td>
                      <td className="number">{int(row.accounts)}</td>
                      <td className="number">{share(row.share)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )
        }
      </Loaded>
    </Figure>
  );
}
