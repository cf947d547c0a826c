import { insertWord } from './editor';
import { Editor } from './Editor';
import { Params } from './Params';
import { filesOf, Results } from './Results';
import { Save } from './Save';
import { Schema } from './Schema';
import { HistoryList, SavedList } from './Shelf';
import { paramsOf } from './statements';
import { Status } from './Status';
import { Tools } from './Tools';
import { useWorkbench, type Props } from './useWorkbench';
import { many } from './words';

/** Editor, run, result, and what there is to ask. */
export function Workbench(props: Props) {
  const { query, initial } = props;
  const work = useWorkbench(props);
  const { view, text, params, run, running, ask } = work;
  return (
    <div className="sql">
      <aside aria-label="What can be asked">
        <Schema insert={(word) => view.current && insertWord(view.current, word)} />
        <SavedList current={query?.slug} />
        <HistoryList open={work.open} />
      </aside>
      <div className="sql-work">
        <h1>
          {query?.name ?? 'SQL'} <small>{state(query !== undefined, work.edited, work.kept)}</small>
        </h1>
        <Editor
          initial={initial}
          ready={work.ready}
          run={work.go}
          cancel={work.stop}
          changed={work.changed}
        />
        <div className="sql-actions">
          <button
            className="sql-run"
            onClick={running ? work.stop : work.go}
            disabled={run.phase === 'cancelling'}
          >
            {running ? 'Cancel' : 'Run'} <kbd>{running ? 'Esc' : 'Ctrl ↵'}</kbd>
          </button>
          <Params params={paramsOf(text)} values={params.values} change={params.change} />
          <Tools view={view} text={text} params={params.values} />
          <Save query={query} text={text} params={params.values} saved={work.dropDraft} />
        </div>
        <Doubt ask={ask} />
        <Status run={run} complete={run.result && filesOf(run.result.id).csv} />
        <Results run={run} sql={work.statement} params={params.values} />
      </div>
    </div>
  );
}

/** Why a statement has not begun: a value is missing, or it would read very much. */
function Doubt({ ask }: { ask: ReturnType<typeof useWorkbench>['ask'] }) {
  if (ask.problem) {
    return (
      <p className="sql-status failed" role="alert">
        {ask.problem}
      </p>
    );
  }
  if (!ask.heavy) return null;
  return (
    <p className="sql-status" role="alert">
      This would read about {many(ask.heavy.rows)} rows.{' '}
      <button className="button" onClick={ask.confirm}>
        Run it all the same
      </button>{' '}
      <button className="quiet" onClick={ask.withdraw}>
        Not now
      </button>
    </p>
  );
}

function state(saved: boolean, edited: boolean, kept: boolean): string {
  if (!kept) return 'this browser keeps no drafts: a reload would lose what you write';
  if (!saved) return 'draft, kept in this browser';
  return edited ? 'saved, edited · draft kept in this browser' : 'saved';
}
