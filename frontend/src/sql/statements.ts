/** What can be told of SQL without its grammar: where strings and comments are, where a statement ends, which parameters it has. */

export interface Span {
  from: number;
  to: number;
}

type Sort = 'blank' | 'quoted' | 'other';

/** The end of the piece of text that begins at a place, and what it is. Only strings, quoted names and comments are told apart. */
function piece(text: string, at: number): [number, Sort] {
  const c = text.charAt(at);
  const two = text.slice(at, at + 2);
  if (/\s/.test(c)) return [at + 1, 'blank'];
  if (two === '--' || two === '# ' || two === '#!') return [after(text, '\n', at), 'blank'];
  if (two === '/*') return [after(text, '*/', at + 2), 'blank'];
  if (c === "'" || c === '"' || c === '`') return [quotedEnd(text, at), 'quoted'];
  if (c === '$') {
    const tag = /^\$\w*\$/.exec(text.slice(at, at + 60))?.[0];
    if (tag) return [after(text, tag, at + tag.length), 'quoted'];
  }
  return [at + 1, 'other'];
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

function quotedEnd(text: string, at: number): number {
  const quote = text.charAt(at);
  for (let i = at + 1; i < text.length; i++) {
    if (text.charAt(i) === '\\') i++;
    else if (text.charAt(i) === quote) {
      if (text.charAt(i + 1) !== quote) return i + 1;
      i++;
    }
  }
  return text.length;
}

/** The statements of a text, each from its first to its last character that is no blank or comment; empty ones are left out. */
export function statements(text: string): Span[] {
  const found: Span[] = [];
  let current: Span | undefined;
  for (let at = 0; at < text.length;) {
    const [end, sort] = piece(text, at);
    if (sort === 'other' && text.charAt(at) === ';') {
      if (current) found.push(current);
      current = undefined;
    } else if (sort !== 'blank') {
      current = { from: current?.from ?? at, to: end };
    }
    at = end;
  }
  if (current) found.push(current);
  return found;
}

/** What is run: the selection, else the statement that the cursor is in or behind, else all. */
export function toRun(text: string, selection: Span): Span {
  if (selection.from !== selection.to) return selection;
  const all = statements(text);
  const cursor = selection.from;
  const behind = all.findLast((s) => s.from <= cursor);
  return behind ?? all[0] ?? { from: 0, to: text.length };
}

export interface Param {
  name: string;
  type: string;
}

/** The typed parameters {name:Type} of a text, each once, in the order of their first use. */
export function paramsOf(text: string): Param[] {
  let bare = '';
  for (let at = 0; at < text.length;) {
    const [end, sort] = piece(text, at);
    bare += sort === 'other' ? text.slice(at, end) : ' ';
    at = end;
  }
  const found = new Map<string, Param>();
  for (const [, name, type] of bare.matchAll(/\{\s*([A-Za-z_]\w*)\s*:\s*([A-Za-z][^{}]*?)\s*\}/g)) {
    if (name && type && !found.has(name)) found.set(name, { name, type });
  }
  return [...found.values()];
}

/** The first line that is no comment, cut: what a statement is called in a list. */
export function nameOf(sql: string): string {
  const first = sql
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line && !line.startsWith('--'));
  return (first ?? sql.trim()).replace(/\s+/g, ' ').slice(0, 80);
}

/** The address of a saved query: "Mistake rate by week" is mistake-rate-by-week. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '');
}
