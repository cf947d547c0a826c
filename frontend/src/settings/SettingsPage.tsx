import { useSettings } from '../api/queries';
import { Figure } from '../parts/Figure';
import { Loaded } from '../parts/Loaded';
import { Scroll } from '../parts/Scroll';
import { useTitle } from '../parts/useTitle';

/** What the numbers are decided and shown by. It is read here and changed in baserate.yaml or in the ledger of claims. */
export function SettingsPage() {
  useTitle('Settings');
  const settings = useSettings();
  return (
    <div className="page">
      <h1 className="sentence">What the numbers are decided and shown by</h1>
      <p className="lede">
        Read only. Schedule and limits are set in <code>baserate.yaml</code>; margins and targets belong to a
        claim, and another margin makes another version of it.
      </p>
      <Loaded query={settings} what="The settings" height={600}>
        {({ groups }) =>
          groups
            .filter((group) => group.items.length > 0)
            .map((group) => (
              <Figure key={group.id} title={group.title}>
                <Scroll label={`Table: ${group.title}`}>
                  <table className="plain settings">
                    <thead className="hidden">
                      <tr>
                        <th scope="col">Setting</th>
                        <th scope="col">Value</th>
                        <th scope="col">About</th>
                      </tr>
                    </thead>
                    <tbody>
                      {group.items.map((item) => (
                        <tr key={item.name}>
                          <th scope="row">{item.name}</th>
                          <td>{item.value}</td>
                          <td>{item.about}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </Scroll>
              </Figure>
            ))
        }
      </Loaded>
    </div>
  );
}
