import { Link } from 'wouter';

import type { Coverage } from '../api/types';
import { plural } from '../format/number';

/** Before the first change is there: what is going on, or what to run. */
export function Empty({ coverage }: { coverage: Coverage }) {
  if (coverage.running.length > 0) {
    return (
      <Message title="The first histories are being read.">
        The answers appear here by themselves when the first changes are in. How far it is stands above.
      </Message>
    );
  }
  const failed = coverage.sources.filter((source) => source.status === 'failed').length;
  return (
    <Message title="Nothing has been collected yet.">
      {failed > 0 && (
        <>
          {plural(failed, 'source')} could not be read: <Link href="/data">see why</Link>.{' '}
        </>
      )}
      Name the git clones to read, bare or not, on the command line:
      <code className="command">make run REPOS="path …"</code>
      or, beside this server, <code>baserate collect git --data DIR PATH…</code>
    </Message>
  );
}

function Message({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="hero one">
      <div>
        <p className="question">Are mistakes more common with AI?</p>
        <h1>{title}</h1>
        <div className="detail">{children}</div>
      </div>
    </div>
  );
}
