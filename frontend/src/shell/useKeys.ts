import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';

import type { Coverage } from '../api/types';
import { shifted } from '../filter/range';
import { withScope, type Scope } from '../filter/scope';
import { addressOf } from './Nav';
import { pageOf, PAGES } from './pages';
import { useShortcuts } from './useShortcuts';

/** The keys of the whole interface. */
export function useKeys(scope: Scope, help: () => void): void {
  const [path, navigate] = useLocation();
  const queries = useQueryClient();
  const period = (direction: -1 | 1) => () => {
    const dataTo = queries.getQueryData<Coverage>(['coverage'])?.data_to;
    const next = pageOf(path)?.scoped ? shifted(scope, direction, dataTo) : undefined;
    if (next) navigate(withScope(path, next));
  };
  useShortcuts({
    ...Object.fromEntries(PAGES.map((page) => [`g ${page.key}`, () => navigate(addressOf(page, scope))])),
    f: () => document.querySelector<HTMLElement>('.scope-bar summary, .filter summary')?.focus(),
    t: () => tableOfFigureInView()?.click(),
    c: () => void navigator.clipboard?.writeText(location.href),
    '[': period(-1),
    ']': period(1),
    '?': help,
  });
}

/** The Table button of the figure that has the focus, or of the first one that can be seen. */
function tableOfFigureInView(): HTMLElement | undefined {
  const button = (figure: Element | null | undefined) =>
    [...(figure?.querySelectorAll<HTMLElement>('header button[aria-pressed]') ?? [])].find(
      ({ textContent }) => textContent === 'Table',
    );
  const focused = button(document.activeElement?.closest('.figure'));
  if (focused) return focused;
  return [...document.querySelectorAll('.figure')]
    .filter((figure) => figure.getBoundingClientRect().bottom > innerHeight / 4)
    .map(button)
    .find((found) => found !== undefined);
}
