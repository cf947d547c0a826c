import { useCoverage } from '../api/queries';
import type { Coverage } from '../api/types';
import { int, share } from '../format/number';
import { dateTime } from '../format/time';
import { Loaded } from '../parts/Loaded';
import { Rows } from '../parts/Rows';
import { useTitle } from '../parts/useTitle';
import { Accounts } from './Accounts';
import { Checks } from './Checks';
import { Classes } from './Classes';
import { Dictionary } from './Dictionary';
import { Ledger } from './Ledger';

/** What the numbers rest on: what was collected, how whole it is and how old. */
export function DataPage() {
  useTitle('Data');
  const coverage = useCoverage();
  return (
    <div className="page">
      <h1 className="sentence">What the numbers rest on</h1>
      <Loaded query={coverage} what="The coverage" height={600}>
        {(data) => <Body data={data} />}
      </Loaded>
    </div>
  );
}

function Body({ data }: { data: Coverage }) {
  return (
    <>
      <dl className="facts">
        <Fact term="Data from">{dateTime(data.data_from) ?? '–'}</Fact>
        <Fact term="Data to">{dateTime(data.data_to) ?? '–'}</Fact>
        <Fact term="Last collected">{dateTime(data.collected_at) ?? 'never whole'}</Fact>
        <Fact term="Repositories">{int(data.repositories)}</Fact>
        <Fact term="Commits">{int(data.commits)}</Fact>
        <Fact term="Changes">
          <Rows count={data.changes} of={{}} />
        </Fact>
        <Fact term="Author class known">{share(data.classified)} of changes</Fact>
        <Fact term="Rules of attribution">{data.rules_version ? `version ${data.rules_version}` : '–'}</Fact>
      </dl>
      <Ledger data={data} />
      <Checks />
      <Accounts />
      <Classes />
      <Dictionary />
    </>
  );
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
