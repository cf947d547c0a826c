import { useScopes, type ScopeFilter } from '../api/queries';
import { int } from '../format/number';
import { Trouble } from '../parts/Trouble';
import { Waiting } from '../parts/Waiting';
import { ScopesTable } from './ScopesTable';

/** The scopes behind a filter, a page at a time. */
export function Scopes({ filter, label }: { filter: ScopeFilter; label: string }) {
  const list = useScopes(filter);
  if (list.error && !list.data) {
    return <Trouble what="The scopes" error={list.error} retry={() => void list.refetch()} />;
  }
  if (!list.data) return <Waiting what="scopes" height={120} />;
  const scopes = list.data.pages.flatMap((page) => page.items);
  if (scopes.length === 0) return <p className="lede">No scope matches.</p>;
  return (
    <div aria-busy={list.isPlaceholderData} className={list.isPlaceholderData ? 'busy' : undefined}>
      <ScopesTable scopes={scopes} label={label} />
      <p className="paging">
        <span role="status">
          {int(scopes.length)} of {int(list.data.pages[0]?.total ?? scopes.length)} shown
        </span>
        {list.hasNextPage && (
          <button
            className="button"
            disabled={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {list.isFetchingNextPage ? 'Loading…' : 'Load more'}
          </button>
        )}
      </p>
    </div>
  );
}
