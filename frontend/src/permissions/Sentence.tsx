import type { FigureRow } from '../api/figures';
import { Num } from '../charts/Num';
import { DASH, share } from '../format/number';
import { Scroll } from '../parts/Scroll';
import { ClassKey } from '../parts/Glyph';
import { glyphOf, WRITTEN_BY, type WrittenBy } from '../reviews/rows';
import type { PermissionsRow } from './rows';

type Rows = FigureRow<PermissionsRow>[];

/** How many changes with AI came from accounts that could merge and deploy, how many of these nobody else saw, and all classes below. */
export function Sentence({ rows }: { rows: Rows }) {
  const ai = rows.find(({ values }) => values.written_by === 'ai')?.values;
  return (
    <>
      <h1 className="sentence spoken">
        {ai?.operator_share == null ? (
          <>
            Of how many changes with AI the account could merge and deploy is not known
            {ai?.hidden && `: ${ai.hidden}`}.
          </>
        ) : (
          <>
            {share(ai.operator_share)} of changes with AI came from accounts that may merge and deploy
            {ai.skipped_share !== null && (
              <>
                ; {share(ai.skipped_share)} of those landed without a second person (
                {ai.skipped_share > ai.limit ? (
                  <b className="over">over the limit of {share(ai.limit)}</b>
                ) : (
                  `limit ${share(ai.limit)}`
                )}
                )
              </>
            )}
            .
          </>
        )}
      </h1>
      <Scroll label="Table: permissions by class">
        <table className="plain permissions">
          <thead>
            <tr>
              <th scope="col">Written by</th>
              <th scope="col" className="number">
                Could merge and deploy
              </th>
              <th scope="col" className="number">
                Of these without a second person
              </th>
              <th scope="col" className="number">
                More permission than usual
              </th>
              <th scope="col" className="number">
                Permission unknown
              </th>
            </tr>
          </thead>
          <tbody>
            {rows
              .filter(({ values }) => values.written_by !== 'ai')
              .map((row) => (
                <Line key={row.values.written_by} row={row} />
              ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

function Line({ row: { values, rows } }: { row: FigureRow<PermissionsRow> }) {
  const group: WrittenBy = values.written_by;
  const cell = (
    part: 'operator' | 'operator_skipped' | 'raised',
    of: 'known' | 'operator_collected' | 'usual_known',
    x: number | null,
  ) => (
    <td className="number">
      <b>{share(x)}</b>
      <small>
        <Num value={values[part]} href={rows[part]} /> of <Num value={values[of]} href={rows[of]} />
      </small>
    </td>
  );
  return (
    <tr title={values.hidden || undefined}>
      <th scope="row">
        <ClassKey of={glyphOf(group)}>{WRITTEN_BY[group]}</ClassKey>
      </th>
      {values.hidden ? (
        <td colSpan={4} className="muted">
          {values.hidden}
        </td>
      ) : (
        <>
          {cell('operator', 'known', values.operator_share)}
          {values.operator_collected ? (
            cell('operator_skipped', 'operator_collected', values.skipped_share)
          ) : (
            <td className="number">{DASH}</td>
          )}
          {cell('raised', 'usual_known', values.raised_share)}
          <td className="number">
            <Num value={values.unknown} href={rows.unknown} />
          </td>
        </>
      )}
    </tr>
  );
}
