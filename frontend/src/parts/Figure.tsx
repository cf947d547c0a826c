import { useId, type ReactNode } from 'react';

interface Props {
  title: string;
  lede?: ReactNode;
  tools?: ReactNode;
  note?: ReactNode;
  tone?: 'bad';
  className?: string;
  children: ReactNode;
}

/** A section with a black rule above it: title, tools, the thing itself, and how to read it. */
export function Figure({ title, lede, tools, note, tone, className = '', children }: Props) {
  const id = useId();
  return (
    <section className={`figure ${tone ?? ''} ${className}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {tools && <div className="tools">{tools}</div>}
      </header>
      {lede && <p className="lede">{lede}</p>}
      {children}
      {note && <div className="note">{note}</div>}
    </section>
  );
}
