import { bare, isNumber } from './grid';
import type { Param } from './statements';

interface Props {
  params: Param[];
  values: Record<string, string>;
  change: (name: string, value: string) => void;
}

/** One input for each parameter of the statement, of its type. */
export function Params({ params, values, change }: Props) {
  return params.map(({ name, type }) => (
    <label className="sql-param" key={name}>
      <span>{name}</span>
      {bare(type) === 'Bool' ? (
        <select value={values[name] ?? ''} onChange={(event) => change(name, event.target.value)}>
          <option value="">–</option>
          <option value="true">true</option>
          <option value="false">false</option>
        </select>
      ) : (
        <input
          type={/^Date(?:32)?$/.test(bare(type)) ? 'date' : 'text'}
          inputMode={isNumber(type) ? 'decimal' : undefined}
          value={values[name] ?? ''}
          placeholder={type}
          title={`{${name}:${type}}`}
          onChange={(event) => change(name, event.target.value)}
        />
      )}
    </label>
  ));
}

/** The parameters that need a value and have none; a text may be empty. */
export function missing(params: Param[], values: Record<string, string>): string[] {
  return params.filter(({ name, type }) => bare(type) !== 'String' && !values[name]).map(({ name }) => name);
}
