import { Link } from 'wouter';
import { useSearch } from 'wouter/use-browser-location';

import { useChanges } from '../api/queries';
import type { Change } from '../api/types';
import { csvHref, parquetHref, parseFilter, type Filter } from '../filter/codec';
import { filterWords } from '../filter/words';
import { int, plural } from '../format/number';
import { Trouble } from '../parts/Trouble';
import { useTitle } from '../parts/useTitle';
import { Waiting } from '../parts/Waiting';
import { openInSQL } from '../sql/address';
import { ChangesTable } from './ChangesTable';
import { Chips } from './Chips';
import { FilterForm } from './FilterForm';
import { filterSql } from './sql';

/** The rows behind any number. The address is the filter, and the filter is the heading. */
export function ChangesPage() {
  const filter = parseFilter(useSearch());
  const list = useChanges(filter);
  const words = filterWords(filter) || 'all of them';
  const statement = filterSql(filter);
  const total = list.data?.pages[0]?.total;
  useTitle(`Changes: ${words}`);
  return (
    <div className="page">
      <h1 className="sentence" data-total={list.isPlaceholderData ? undefined : total}>
        {total === undefined ? 'Changes' : plural(total, 'change')} <span>{words}</span>
      </h1>
      <div className="filter-bar">
        <Chips filter={filter} />
        <FilterForm filter={filter} />
        {total !== undefined && (
          <>
            <a className="quiet" href={csvHref(filter)} download>
              CSV, all {int(total)}
            </a>
            <a className="quiet" href={parquetHref(filter)} download>
              Parquet
            </a>
          </>
        )}
        {statement && (
          <Link className="quiet" href={openInSQL(statement.sql, statement.params)}>
            Open in SQL
          </Link>
        )}
      </div>
      <Body list={list} filter={filter} />
    </div>
  );
}

function Body({ list, filter }: { list: ReturnType<typeof useChanges>; filter: Filter }) {
  if (list.error && !list.data) {
    return <Trouble what="The changes" error={list.error} retry={() => void list.refetch()} />;
  }
  if (!list.data) return <Waiting what="changes" height={600} />;
  const changes = list.data.pages.flatMap((page) => page.items);
  if (changes.length === 0) return <None filter={filter} />;
  return (
    <div aria-busy={list.isPlaceholderData} className={list.isPlaceholderData ? 'busy' : undefined}>
      <ChangesTable changes={changes} />
      <More list={list} changes={changes} />
    </div>
  );
}

function More({ list, changes }: { list: ReturnType<typeof useChanges>; changes: Change[] }) {
  const total = list.data?.pages[0]?.total ?? changes.length;
  return (
    <p className="paging">
      <span role="status">
        {int(changes.length)} of {int(total)} shown
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
      {list.isFetchNextPageError && list.error && (
        <Trouble what="More changes" error={list.error} retry={() => void list.fetchNextPage()} />
      )}
    </p>
  );
}

function None({ filter }: { filter: Filter }) {
  const filtered = Object.keys(filter).length > 0;
  return (
    <p className="lede">
      {filtered
        ? 'No change matches. Take a part of the filter away to see more.'
        : 'No change has been collected yet: baserate collect git --data DIR PATH…'}
    </p>
  );
}
