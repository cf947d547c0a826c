import { Link, useParams } from 'wouter';

import { figureCsv, useFigures, type FigureColumn, type FigureDefinition } from '../api/figures';
import { Figure } from '../parts/Figure';
import { Loaded } from '../parts/Loaded';
import { Scroll } from '../parts/Scroll';
import { useTitle } from '../parts/useTitle';

/** One metric: what it means, how it is counted, what is left out, and the query that makes it. */
export function MetricPage() {
  const { metric = '' } = useParams<{ metric: string }>();
  const figures = useFigures();
  const found = figures.data?.items.find(({ id }) => id === metric);
  useTitle(found?.title ?? 'Metric');
  return (
    <div className="page">
      <p className="question">
        <Link href="/data">Data</Link>
      </p>
      <h1 className="sentence">{found?.title ?? (figures.data ? 'There is no such metric' : 'Metric')}</h1>
      <Loaded query={figures} what="The dictionary" height={600}>
        {() =>
          found ? (
            <Definition figure={found} />
          ) : (
            <p className="lede">The dictionary on the data page has all of them.</p>
          )
        }
      </Loaded>
    </div>
  );
}

function Definition({ figure }: { figure: FigureDefinition }) {
  return (
    <>
      <p className="lede">{figure.meaning}</p>
      <dl className="facts">
        <Fact term="Formula">{figure.formula}</Fact>
        <Fact term="Left out">{figure.excludes.length > 0 ? figure.excludes.join('; ') : 'nothing'}</Fact>
        <Fact term="Narrowed by">{figure.obeys.length > 0 ? figure.obeys.join(', ') : 'nothing'}</Fact>
        <Fact term="Shown on">
          <Link href={figure.page === 'overview' ? '/' : `/${figure.page}`}>{figure.page}</Link>
        </Fact>
        <Fact term="Version">
          {figure.version}
          <small>{figure.changed}</small>
        </Fact>
        <Fact term="Its rows">
          <a href={figureCsv(figure.id, {})} download>
            CSV
          </a>
        </Fact>
      </dl>
      <Columns columns={figure.columns} />
      <Figure
        title="SQL"
        lede="The query as the server asks it. It reads the tables behind the views, so that people can be counted and never shown; the workbench has the views."
        tools={
          <Link className="quiet" href="/sql">
            Open the workbench
          </Link>
        }
      >
        <Scroll label={`SQL of ${figure.title}`}>
          <pre className="sql-text">{figure.sql}</pre>
        </Scroll>
      </Figure>
    </>
  );
}

function Columns({ columns }: { columns: FigureColumn[] }) {
  return (
    <Figure title="Columns">
      <Scroll label="Table: columns">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Label</th>
              <th scope="col">Unit</th>
              <th scope="col">About</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column.name}>
                <th scope="row">
                  <code>{column.name}</code>
                </th>
                <td>{column.label}</td>
                <td>{column.unit}</td>
                <td>{column.about}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Figure>
  );
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
