import '../styles/permissions.css';
import '../styles/spoken.css';

import { Link } from 'wouter';

import { useFigure } from '../api/figures';
import { FigureFrame } from '../charts/FigureFrame';
import { FigureTable } from '../charts/FigureTable';
import { changesHref } from '../filter/codec';
import { listed } from '../filter/listed';
import { useScope } from '../filter/useScope';
import { Capped } from '../parts/Capped';
import { Loaded } from '../parts/Loaded';
import { useTitle } from '../parts/useTitle';
import { BypassTable } from './BypassTable';
import { Heat, type HeatCell } from './Heat';
import { Levels } from './Levels';
import { RaisedTable } from './RaisedTable';
import type { BypassRow, LevelsRow, PermissionsRow, RaisedRow } from './rows';
import { Sentence } from './Sentence';

/** What the accounts that land changes can do: how often they can merge and deploy, and how often more than usual. */
export function PermissionsPage() {
  useTitle('Permissions');
  const [scope] = useScope();
  const classes = useFigure<PermissionsRow>('permissions_classes', scope);
  return (
    <div className="page">
      <p className="question">What could the accounts do that landed changes with AI?</p>
      {!classes.data && <h1 className="sentence">Permissions</h1>}
      <Loaded query={classes} what="The permissions" height={120}>
        {({ items }) => <Sentence rows={items} />}
      </Loaded>
      <FigureFrame<LevelsRow>
        id="permissions_weeks"
        scope={scope}
        title="Permission over time"
        height={310}
        chart={({ items }) => <Levels rows={items} />}
        note="Level of the account that landed the change, by the newest snapshot before. Before the first snapshot it is unknown; nothing is filled in."
      />
      <FigureFrame<HeatCell>
        id="permissions_reviews"
        scope={scope}
        title="Permission and review"
        height={300}
        chart={({ items }) => <Heat items={items} />}
        image={false}
        note="Mistakes among changes with AI, or of the classes that are chosen, whose 14 days are over. Nothing is held equal: who gets more permission, or skips a review, chooses for which change. A ratio is to the changes that landed with the same permission and a second person’s approval, and needs ten mistakes on both sides."
      />
      <FigureFrame<RaisedRow>
        id="permissions_raised"
        scope={scope}
        title="Landed with more than the usual permission"
        height={400}
        table={({ items }) => (
          <Capped items={items.map((item) => item.values)}>{(shown) => <RaisedTable items={shown} />}</Capped>
        )}
        note={
          <>
            Usual is what the same account landed most changes of the repository with in the 90 days before.
            When a permission expires is not known. The newest 200;{' '}
            <Link href={changesHref({ ...listed(scope, classes.data?.from), above_usual: 'true' })}>
              all of them in the list of changes
            </Link>
          </>
        }
        empty="None in this time, or of this choice."
      />
      <FigureFrame
        id="permissions_repos"
        scope={scope}
        table={({ items, columns }) => (
          <Capped items={items}>
            {(shown) => (
              <FigureTable
                label="Repositories where agents may merge and deploy"
                columns={columns}
                items={shown}
              />
            )}
          </Capped>
        )}
        title="Repositories where agents may merge and deploy"
        height={400}
        note="By what landed: agents’ changes by accounts that could merge and deploy. In the order of names."
        empty="No agent’s change landed so in this time."
      />
      <FigureFrame<BypassRow>
        id="permissions_bypasses"
        scope={scope}
        title="Rules that were overridden"
        height={160}
        table={({ items }) => <BypassTable items={items.map((item) => item.values)} />}
        empty="No override of a branch’s rules is on record in this time. It is so, too, where the forge does not show them: see Data."
      />
    </div>
  );
}
