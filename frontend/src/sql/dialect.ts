import type { CompletionContext, CompletionResult, Completion } from '@codemirror/autocomplete';
import { keywordCompletionSource, schemaCompletionSource, SQLDialect } from '@codemirror/lang-sql';

import { shortType } from './grid';
import type { Table, Vocabulary } from './queries';

/** ClickHouse's SQL with the words of the very version that answers. */
export function dialectOf(words: Vocabulary | undefined): SQLDialect {
  return SQLDialect.define({
    keywords: (words?.keywords ?? FIRST).join(' ').toLowerCase(),
    types: (words?.types ?? []).join(' ').toLowerCase(),
    builtin: (words?.functions ?? [])
      .map((f) => f.name)
      .join(' ')
      .toLowerCase(),
    backslashEscapes: true,
    hashComments: true,
    identifierQuotes: '`"',
    doubleQuotedStrings: false,
    operatorChars: '*+-%<>!=&|~^/?:',
    specialVar: '',
  });
}

/** What is coloured until the vocabulary is there. */
const FIRST = [
  'SELECT',
  'FROM',
  'WHERE',
  'GROUP',
  'BY',
  'ORDER',
  'HAVING',
  'LIMIT',
  'AS',
  'AND',
  'OR',
  'NOT',
  'IN',
  'JOIN',
  'ON',
  'WITH',
];

type Source = (context: CompletionContext) => CompletionResult | null | Promise<CompletionResult | null>;

/**
 * Completion of tables and columns, keywords and functions. The library's own would put functions into capitals too, which
 * ClickHouse does not know: functions are a source of their own, as they are written.
 */
export function sources(dialect: SQLDialect, tables: Table[], words: Vocabulary | undefined): Source[] {
  const schema = Object.fromEntries(
    tables.map((table) => [
      table.name,
      {
        self: { label: table.name, type: 'class', info: table.comment } satisfies Completion,
        children: table.columns.map(({ name, type, comment }): Completion => ({
          label: name,
          type: 'property',
          detail: shortType(type),
          info: comment,
        })),
      },
    ]),
  );
  const keywords = keywordCompletionSource(dialect, true);
  return [
    schemaCompletionSource({ dialect, schema }),
    async (context) => {
      const found = await keywords(context);
      return found && { ...found, options: found.options.filter((option) => option.type === 'keyword') };
    },
    functionSource(words),
    columnSource(tables),
  ];
}

function functionSource(words: Vocabulary | undefined): Source {
  const options = (words?.functions ?? []).map((f): Completion => ({
    label: f.name,
    type: 'function',
    apply: `${f.name}(`,
    ...(f.syntax && { detail: f.syntax.split('\n')[0]?.slice(0, 60) ?? '' }),
    ...(f.description && { info: f.description }),
  }));
  return (context) => wordBefore(context, options);
}

/** Columns of the views that the text names, without their view before them. */
function columnSource(tables: Table[]): Source {
  return (context) => {
    const text = context.state.doc.toString();
    const named = tables.filter((table) => new RegExp(`\\b${table.name}\\b`).test(text));
    const options = named.flatMap((table) =>
      table.columns.map(({ name, type, comment }): Completion => ({
        label: name,
        type: 'property',
        detail: shortType(type),
        info: comment,
        boost: 5,
      })),
    );
    return wordBefore(context, options);
  };
}

function wordBefore(context: CompletionContext, options: Completion[]): CompletionResult | null {
  const word = context.matchBefore(/\w+/);
  if (!word && !context.explicit) return null;
  if (context.matchBefore(/\.\w*/)) return null; // a column of a table is the schema's
  return { from: word ? word.from : context.pos, options, validFor: /^\w*$/ };
}
