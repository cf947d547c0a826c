import { int, share } from '../format/number';
import { ClassKey } from '../parts/Glyph';
import { Scroll } from '../parts/Scroll';
import { glyphOf, type WaitRow, WRITTEN_BY, type WrittenBy } from './rows';

const HOURS = [0, 8, 24, 48];

/** How many are known to wait still at some hours: on so many does the curve rest there. */
export function AtRisk({ curves }: { curves: { group: WrittenBy; points: WaitRow[] }[] }) {
  return (
    <Scroll label="Numbers still waiting">
      <table className="plain at-risk">
        <thead>
          <tr>
            <th scope="col">Still waiting after</th>
            {HOURS.map((hour) => (
              <th key={hour} scope="col" className="number">
                {hour} h
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {curves.map(({ group, points }) => (
            <tr key={group}>
              <th scope="row">
                <ClassKey of={glyphOf(group)}>{WRITTEN_BY[group]}</ClassKey>
              </th>
              {HOURS.map((hour) => {
                const point = points.find((one) => one.hour === hour);
                return (
                  <td key={hour} className="number">
                    {int(point?.at_risk)} <span className="muted">{share(point?.waiting)}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
