import '../styles/reviews.css';
import '../styles/spoken.css';

import { Link } from 'wouter';

import { useClaim } from '../api/queries';
import { useFigure } from '../api/figures';
import { FigureFrame } from '../charts/FigureFrame';
import { changesHref } from '../filter/codec';
import { listed } from '../filter/listed';
import { useScope } from '../filter/useScope';
import { share } from '../format/number';
import { Capped } from '../parts/Capped';
import { Loaded } from '../parts/Loaded';
import { useTitle } from '../parts/useTitle';
import { Effort } from './Effort';
import { Reasons } from './Reasons';
import type { EffortRow, ReasonRow, ReviewsRow, SkippedRow, WaitRow, WeekRow } from './rows';
import { Sentence } from './Sentence';
import { SkippedTable } from './SkippedTable';
import { Survival } from './Survival';
import { Weeks } from './Weeks';

const UNSEEN = ['none', 'self', 'ai_only', 'stale', 'after_merge', 'bypassed'];

/** How often a second person looked before a change landed, what there was instead, and how long changes wait for one. */
export function ReviewsPage() {
  useTitle('Reviews');
  const [scope] = useScope();
  const classes = useFigure<ReviewsRow>('reviews_classes', scope);
  const target = useClaim('second_person').data?.target;
  const limit = target == null ? undefined : 1 - target;
  const all = { ...listed(scope, classes.data?.from), review: UNSEEN };
  return (
    <div className="page">
      <p className="question">How often did nobody else look before a change landed?</p>
      {!classes.data && <h1 className="sentence">Reviews</h1>}
      <Loaded query={classes} what="The reviews" height={120}>
        {({ items }) => <Sentence rows={items} />}
      </Loaded>
      <FigureFrame<WeekRow>
        id="reviews_weeks"
        scope={scope}
        title="Landed without a second person, week by week"
        height={290}
        chart={({ items }) => <Weeks rows={items} limit={limit} />}
        note={
          <>
            A full count, not a sample: no interval. A week of fewer than five people’s changes is a gap.
            {limit !== undefined &&
              ` Dashed: claim second_person takes more than ${share(limit)} of agents’ changes as often skipped.`}
          </>
        }
      />
      <FigureFrame<ReasonRow>
        id="reviews_reasons"
        scope={scope}
        title="What there was instead"
        height={240}
        chart={({ items }) => <Reasons items={items} />}
        image={false}
        note="Shares of all changes of the class whose reviews were collected."
      />
      <FigureFrame<WaitRow>
        id="reviews_waits"
        scope={scope}
        title="How long changes wait for a first review"
        height={330}
        chart={({ items }) => <Survival rows={items.map((item) => item.values)} scope={scope} />}
        note="Kaplan–Meier with 95 % bands. What was merged or closed without a review has waited at least until then; a review after the landing was waited for by nobody."
      />
      <FigureFrame<EffortRow>
        id="reviews_effort"
        scope={scope}
        title="Review effort by size"
        height={260}
        chart={({ items }) => <Effort items={items} />}
        image={false}
        note="Comments on lines, of anybody. Size is of the whole change; a comment shows that somebody wrote, not how closely they read."
      />
      <FigureFrame<SkippedRow>
        id="reviews_skipped"
        scope={scope}
        title="Changes without a second person"
        height={500}
        table={({ items }) => (
          <Capped items={items.map((item) => item.values)}>
            {(shown) => <SkippedTable items={shown} />}
          </Capped>
        )}
        note={
          <>
            Of the most critical repositories first, then the greatest; the first 200.{' '}
            <Link href={changesHref(all)}>All of them in the list of changes</Link>
          </>
        }
        empty="None in this time, or of this choice."
      />
    </div>
  );
}
