import { useFigure } from '../api/figures';
import { CopyLink } from '../shell/CopyLink';
import { CLASS } from '../words';
import { DatePick } from './DatePick';
import { Pick, type Option } from './Pick';
import { formatScope } from './scope';
import { useScope } from './useScope';

interface Choice extends Record<string, string | number | null> {
  key: string;
  value: string;
  changes: number;
}

const CLASSES: Option[] = Object.entries(CLASS).map(([value, name]) => ({ value, name }));

/** What all figures are narrowed by: the same on every page, kept in the address, and from page to page. */
export function ScopeBar() {
  const [scope, setScope] = useScope();
  const choices = useFigure<Choice>('scope_choices', {});
  const named = (key: string, name: (value: string) => string): Option[] =>
    (choices.data?.items ?? [])
      .filter(({ values }) => values.key === key)
      .map(({ values }) => ({ value: values.value, name: name(values.value) }));
  const list = (key: 'team' | 'tier' | 'class' | 'repo') => ({
    chosen: scope[key] ?? [],
    choose: (values: string[]) => setScope({ ...scope, [key]: values }),
  });
  return (
    <div className="scope-bar" role="search" aria-label="What is shown">
      <Pick label="Teams" all="All" options={named('team', (team) => team)} {...list('team')} />
      <DatePick scope={scope} change={setScope} dataTo={choices.data?.data_to} />
      <Pick label="Tier" all="All" options={named('tier', (tier) => `Tier ${tier}`)} {...list('tier')} />
      <Pick label="Class" all="All" options={CLASSES} {...list('class')} />
      <Pick label="Repository" all="All" options={named('repo', (repo) => repo)} {...list('repo')} />
      {formatScope(scope) && (
        <button className="quiet" onClick={() => setScope({})}>
          Show all
        </button>
      )}
      <span className="apart" />
      <CopyLink />
      <button className="quiet wide-only" onClick={() => print()}>
        Print
      </button>
    </div>
  );
}
