import type { FigureRow } from '../api/figures';
import type { Exposure, Permission } from '../api/types';
import { FigureFrame } from '../charts';
import type { Scope } from '../filter/scope';
import { PERMISSION, REVIEW, word } from '../words';
import { SubgroupTable } from './SubgroupTable';

export interface Subgroup {
  exposure: Exposure;
  dimension: 'tier' | 'size' | 'permission' | 'review' | 'team';
  level: string;
  permission: Permission | null;
  changes: number;
  mistakes: number;
  reference: number;
  reference_mistakes: number;
  ratio: number | null;
  low: number | null;
  high: number | null;
  differ: number | null;
  hidden: string;
}

interface Props {
  exposure: Exposure;
  margin?: number | null;
  scope: Scope;
}

/** The ratio within tiers, sizes, permissions, kinds of review and teams, and whether it differs between them. */
export function SubgroupsFigure({ exposure, margin, scope }: Props) {
  return (
    <FigureFrame<Subgroup>
      id="mistakes_subgroups"
      scope={scope}
      title="Where the ratio differs"
      height={700}
      image={false}
      empty="There are no mature changes to compare."
      chart={({ items }) => (
        <SubgroupTable
          rows={items.filter(({ values }) => values.exposure === exposure)}
          exposure={exposure}
          margin={margin}
        />
      )}
      note="Each ratio is of the same repository and quarter, with nothing else held equal; its interval holds however often one looks. Many are shown at once: among twenty, one may lie apart by chance. Teams are those with 10 mistakes in either group."
    />
  );
}

const SIZE: Record<string, string> = {
  1: 'to 10 lines',
  2: '11 to 50 lines',
  3: '51 to 250 lines',
  4: '251 to 1 000 lines',
  5: 'over 1 000 lines',
};

export function levelWords({ dimension, level }: Pick<Subgroup, 'dimension' | 'level'>): string {
  if (dimension === 'tier') return `Tier ${level}`;
  if (dimension === 'size') return SIZE[level] ?? level;
  if (dimension === 'permission') return word(PERMISSION, level);
  return dimension === 'review' ? word(REVIEW, level) : level;
}

const BY: Record<Subgroup['dimension'], [string, string]> = {
  tier: ['Tier of the repository', 'tiers'],
  size: ['Size of the change', 'sizes'],
  permission: ['Permission it landed with', 'permissions'],
  review: ['Review', 'kinds of review'],
  team: ['Team', 'teams'],
};

export function dimensionWords(dimension: Subgroup['dimension']): string {
  return BY[dimension][0];
}

/** Whether the levels differ by more than chance brings, in a sentence with its p. */
export function differWords({ dimension, differ }: Pick<Subgroup, 'dimension' | 'differ'>): string {
  const levels = BY[dimension][1];
  if (differ === null) return '';
  const p = differ < 0.001 ? 'p < 0.001' : `p = ${differ.toFixed(differ < 0.01 ? 3 : 2)}`;
  if (differ < 0.05) return `The ratio differs between ${levels} by more than chance brings (${p})`;
  return `No sign that the ratio differs between ${levels} (${p})`;
}

export type SubgroupRow = FigureRow<Subgroup>;
