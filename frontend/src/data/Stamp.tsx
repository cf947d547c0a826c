import type { Status } from './status';

export function Stamp({ words, tone }: Status) {
  return <span className={`stamp is-${tone}`}>{words}</span>;
}
