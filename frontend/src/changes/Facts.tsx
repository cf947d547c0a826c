import type { ReactNode } from 'react';
import { Link } from 'wouter';

import type { Change } from '../api/types';
import { changesHref } from '../filter/codec';
import { int, plural, ratio } from '../format/number';
import { dateTime } from '../format/time';
import { ClassKey } from '../parts/Glyph';
import { AUTONOMY, CLASS, KIND, METHOD, PERMISSION, REVIEW } from '../words';
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
      <Fact term="Permission">
        {PERMISSION[change.permission]}
        {change.usual_permission !== 'unknown' && (
          <small>usually {PERMISSION[change.usual_permission]}</small>
        )}
      </Fact>
      {change.team && (
        <Fact term="Team">
          <Link href={changesHref({ team: [change.team] })}>{change.team}</Link>
        </Fact>
      )}
      {change.tier != null && <Fact term="Repository’s tier">{int(change.tier)} of 3, 1 most critical</Fact>}
      {change.opened_at && (
        <Fact term="Opened">
          {dateTime(change.opened_at)}
          <small>{review(change)}</small>
        </Fact>
      )}
      {change.incident && (
        <Fact term="Incident">
          {change.incident}
          <small>
            {dateTime(change.incident_at)}, {int(change.outage_minutes)} min; tied to it by{' '}
            {change.incident_method?.replaceAll('_', ' ')}, score {ratio(change.incident_score)}
          </small>
        </Fact>
      )}
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

function review({
  first_review_at: first,
  review_rounds: rounds,
  review_comments: comments,
}: Change): string {
  const looks = first ? `first review ${dateTime(first)}` : 'no review by another person';
  return `${looks}, ${plural(rounds ?? 0, 'round')}, ${plural(comments ?? 0, 'comment')}`;
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
