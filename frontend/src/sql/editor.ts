import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { LanguageSupport } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';

import { dialectOf, sources } from './dialect';
import type { Table, Vocabulary } from './queries';
import { theme } from './theme';

const language = new Compartment();

/** What the editor tells the page. */
export interface Listener {
  run: () => void;
  cancel: () => boolean; // whether there was something to cancel
  changed: (text: string, selection: { from: number; to: number }) => void;
}

/**
 * An editor in a shadow root. There its styles are constructed sheets, which the content security policy lets through; in the
 * document they would be elements, which it does not.
 */
export function newEditor(host: HTMLElement, doc: string, listener: Listener): EditorView {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const keys = keymap.of([
    { key: 'Mod-Enter', run: () => (listener.run(), true) },
    { key: 'Escape', run: () => listener.cancel() },
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...completionKeymap,
  ]);
  const extensions: Extension[] = [
    keys,
    lineNumbers(),
    history(),
    drawSelection(),
    highlightSpecialChars(),
    highlightActiveLine(),
    bracketMatching(),
    closeBrackets(),
    highlightSelectionMatches(),
    lintGutter(),
    autocompletion({ icons: false, maxRenderedOptions: 40 }),
    language.of(languageOf([], undefined)),
    theme,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': 'SQL', tabindex: '0' }),
    EditorView.domEventHandlers({ beforeinput: typeOver }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged || update.selectionSet) {
        listener.changed(update.state.doc.toString(), update.state.selection.main);
      }
    }),
  ];
  return new EditorView({ parent: root, root, state: EditorState.create({ doc, extensions }) });
}

/**
 * Types over a selection. Left to itself, Chromium would do it with a style attribute, which the content security policy blocks
 * and complains of.
 */
function typeOver(event: InputEvent, view: EditorView): boolean {
  const { from, to, empty } = view.state.selection.main;
  const text = event.data;
  if (event.inputType !== 'insertText' || !text || empty || view.composing) return false;
  const insert = () =>
    view.state.update(view.state.replaceSelection(text), { userEvent: 'input.type', scrollIntoView: true });
  const taken = view.state
    .facet(EditorView.inputHandler)
    .some((handler) => handler(view, from, to, text, insert));
  if (!taken) view.dispatch(insert());
  event.preventDefault();
  return true;
}

function languageOf(tables: Table[], words: Vocabulary | undefined): Extension {
  const dialect = dialectOf(words);
  return new LanguageSupport(
    dialect.language,
    sources(dialect, tables, words).map((autocomplete) => dialect.language.data.of({ autocomplete })),
  );
}

/** Lets the editor colour and complete by what the server has. */
export function teach(view: EditorView, tables: Table[], words: Vocabulary | undefined): void {
  view.dispatch({ effects: language.reconfigure(languageOf(tables, words)) });
}

/** Puts another text in place of all of it, as one step that can be undone. */
export function replaceAll(view: EditorView, text: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } });
}

/** Puts a word in at the cursor. */
export function insertWord(view: EditorView, word: string): void {
  view.dispatch(view.state.replaceSelection(word));
  view.focus();
}

/** Marks the place of a mistake in a statement that begins at from; without one, or with a name in the words, the name. */
export function markError(
  view: EditorView,
  from: number,
  error: { message: string; line: number; col: number },
): void {
  const at = error.line > 0 ? placeOf(view, from, error.line, error.col) : nameIn(view, from, error.message);
  if (!at) return;
  const [start, end] = at;
  const to = Math.min(Math.max(end, start + 1), view.state.doc.length);
  view.dispatch(
    setDiagnostics(view.state, [
      { from: Math.min(start, to), to, severity: 'error', message: error.message.slice(0, 400) },
    ]),
  );
  view.dispatch({ effects: EditorView.scrollIntoView(start, { y: 'nearest' }) });
}

export function clearErrors(view: EditorView): void {
  view.dispatch(setDiagnostics(view.state, []));
}

function placeOf(view: EditorView, from: number, line: number, col: number): [number, number] {
  const { doc } = view.state;
  const first = doc.lineAt(from);
  const target = doc.line(Math.min(first.number + line - 1, doc.lines));
  const before = line === 1 ? from - first.from : 0;
  const at = Math.min(target.from + before + col - 1, target.to);
  const word = /^\w*/.exec(doc.sliceString(at, target.to))?.[0].length ?? 0;
  return [at, at + word];
}

function nameIn(view: EditorView, from: number, message: string): [number, number] | undefined {
  const name = /(?:identifier|function|table|database)(?: with name)? [`'"]?([\w.]+)/i.exec(message)?.[1];
  const at = name ? view.state.doc.sliceString(from).indexOf(name) : -1;
  return at < 0 || !name ? undefined : [from + at, from + at + name.length];
}
