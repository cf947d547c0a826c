import type { ReactNode } from 'react';

import type { Change } from '../api/types';
import { int, plural } from '../format/number';
import { dateTime } from '../format/time';
import { ClassKey } from '../parts/Glyph';
import { AUTONOMY, CLASS, KIND, METHOD, REVIEW } from '../words';
import { outcomes } from './outcomes';

/** What is known of a change, as a list of terms. */
export function Facts({ change }: { change: Change }) {
  return (
    <dl className="facts">
      <Fact term="Landed">{dateTime(change.landed_at)}</Fact>
      <Fact term="Kind">
        {KIND[change.kind]}, {METHOD[change.method]}
      </Fact>
      <Fact term="Author class">
        <ClassKey of={change.author_class}>{CLASS[change.author_class]}</ClassKey>
      </Fact>
      <Fact term="AI tool">{change.tool || 'none known'}</Fact>
      <Fact term="Autonomy">{AUTONOMY[change.autonomy]}</Fact>
      <Fact term="Second person">{REVIEW[change.review_state]}</Fact>
      <Fact term="Size">
        {change.size_lines == null ? 'lines could not be counted' : plural(change.size_lines, 'line')},{' '}
        {change.files == null ? '– files' : plural(change.files, 'file')}
        {change.commits !== undefined && `, ${plural(change.commits, 'commit')}`}
      </Fact>
      <Fact term="Outcome">
        {outcomes(change).join(', ')}
        {change.mistake && <small>counted as a mistake</small>}
      </Fact>
      <Fact term="Compared">
        {change.mature ? `yes: its ${int(14)} days are over` : `not yet: its ${int(14)} days are not over`}
      </Fact>
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
