import '../styles/sql.css';

import { useEffect, useState } from 'react';
import { useParams, useSearch } from 'wouter';

import { base } from '../fleet/base';
import { useTitle } from '../parts/useTitle';
import { Waiting } from '../parts/Waiting';
import { parseAddress } from './address';
import { readDraft } from './drafts';
import { useSaved, type SavedQuery } from './queries';
import { Workbench } from './Workbench';

/** What stands in an editor that nothing was written in yet. */
const SAMPLE = `-- Changes and mistakes by month and author class. Only mature changes: the others may still turn out to be mistakes.
SELECT
    toStartOfMonth(landed_at) AS month,
    author_class,
    count() AS changes,
    countIf(mistake) AS mistakes,
    round(100 * mistakes / changes, 2) AS mistake_pct
FROM changes
WHERE mature AND landed_at >= {from:Date}
GROUP BY month, author_class
ORDER BY month, author_class
`;

/** Where analysts ask what no page answers. The text in the address is only put into the editor, never run. */
export function SqlPage() {
  const { slug } = useParams<{ slug?: string }>();
  const linked = parseAddress(useSearch()).sql;
  const saved = useSaved();
  const query = slug === undefined ? undefined : saved.data?.items.find((item) => item.slug === slug);
  useTitle(query?.name ?? 'SQL');
  if (slug !== undefined && !query && saved.isPending) return <Waiting what="the query" height={600} />;
  if (slug !== undefined && !query) return <Gone slug={slug} />;
  const place = slug !== undefined ? `q/${slug}` : linked !== undefined ? `link/${linked}` : 'scratch';
  return (
    <Drafted
      key={place}
      place={`${base()}/${place}`}
      query={query}
      fallback={query?.sql ?? linked ?? SAMPLE}
    />
  );
}

function Gone({ slug }: { slug: string }) {
  return (
    <div className="page">
      <h1>No query is saved as {slug}.</h1>
      <p className="lede">It may have been taken away. All that are saved are beside the editor under SQL.</p>
    </div>
  );
}

/** The workbench with the draft of a place in it, or with what else belongs there. */
function Drafted({
  place,
  query,
  fallback,
}: {
  place: string;
  query: SavedQuery | undefined;
  fallback: string;
}) {
  const [initial, setInitial] = useState<string>();
  useEffect(() => {
    let here = true;
    void readDraft(place).then((draft) => here && setInitial(draft?.text ?? fallback));
    return () => {
      here = false;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- read once for a place: later the editor has the text
  }, [place]);
  if (initial === undefined) return <Waiting what="your draft" height={600} />;
  return <Workbench place={place} initial={initial} query={query} />;
}
