import { clickhouse, formatDialect } from 'sql-formatter';

/** Puts SQL in order; throws on what it does not understand. Parameters {name:Type} are left as they are. */
export function formatSQL(text: string): string {
  return formatDialect(text, {
    dialect: clickhouse,
    tabWidth: 4,
    keywordCase: 'upper',
    paramTypes: { custom: [{ regex: String.raw`\{\s*\w+\s*:\s*[^{}]+\}` }] },
  });
}
