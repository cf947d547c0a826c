import { useRef, useState } from 'react';

import { missing } from './Params';
import { HEAVY_ROWS } from './PlanTab';
import { planOf } from './queries';
import { paramsOf } from './statements';

type Values = Record<string, string>;
interface Heavy {
  sql: string;
  params: Values;
  rows: number;
}

const PATIENCE = 700; // milliseconds that a plan may take before the statement runs without one

/** Runs a statement once it is clear that all its values are there, and asks before one that reads very much. */
export function useAsk(start: (sql: string, params: Values) => Promise<void>) {
  const [problem, setProblem] = useState('');
  const [heavy, setHeavy] = useState<Heavy>();
  const turn = useRef(0);

  const run = (sql: string, all: Values) => {
    const mine = ++turn.current;
    const wanted = paramsOf(sql);
    const absent = missing(wanted, all);
    setHeavy(undefined);
    setProblem(absent.length > 0 ? `Give ${absent.join(' and ')} a value first.` : '');
    if (absent.length > 0) return;
    const params = Object.fromEntries(wanted.map(({ name }) => [name, all[name] ?? '']));
    void cost(sql, params).then((rows) => {
      if (turn.current !== mine) return; // another was asked for meanwhile
      if (rows > HEAVY_ROWS) setHeavy({ sql, params, rows });
      else void start(sql, params);
    });
  };
  const confirm = () => {
    if (heavy) void start(heavy.sql, heavy.params);
    setHeavy(undefined);
  };
  return { run, problem, heavy, confirm, withdraw: () => setHeavy(undefined) };
}

/** About how many rows a statement reads; 0 when that cannot be told soon. */
async function cost(sql: string, params: Values): Promise<number> {
  try {
    return (await planOf(sql, params, AbortSignal.timeout(PATIENCE))).rows;
  } catch {
    return 0;
  }
}
