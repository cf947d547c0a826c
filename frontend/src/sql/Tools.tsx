import type { EditorView } from '@codemirror/view';
import { useState, type RefObject } from 'react';

import { base } from '../fleet/base';
import { formatAddress } from './address';
import { replaceAll } from './editor';

interface Props {
  view: RefObject<EditorView | null>;
  text: string;
  params: Record<string, string>;
}

/** What is done to the text: put in order, and given on as a link. */
export function Tools({ view, text, params }: Props) {
  const [said, setSaid] = useState('');
  const format = async () => {
    try {
      const { formatSQL } = await import('./formatter');
      if (view.current) replaceAll(view.current, formatSQL(text));
      setSaid('');
    } catch {
      setSaid('The formatter does not understand this.');
    }
  };
  const copy = () => {
    const link = `${location.origin}${base()}/sql?${formatAddress({ sql: text, params })}`;
    navigator.clipboard.writeText(link).then(
      () => setSaid('Link copied.'),
      () => setSaid('The browser does not allow copying.'),
    );
  };
  return (
    <span className="sql-tools">
      <span role="status">{said}</span>
      <button className="quiet" onClick={() => void format()}>
        Format
      </button>
      <button className="quiet" onClick={copy}>
        Copy link
      </button>
    </span>
  );
}
