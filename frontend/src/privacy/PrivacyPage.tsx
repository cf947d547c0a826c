import '../styles/teams.css';

import { Link } from 'wouter';

import { Figure } from '../parts/Figure';
import { useTitle } from '../parts/useTitle';

/** What is measured about those who work here, in plain words. The rules are those of the queries, not of this page. */
export function PrivacyPage() {
  useTitle('What is measured about me');
  return (
    <div className="page privacy">
      <p className="question">
        <Link href="/data">Data</Link>
      </p>
      <h1 className="sentence">What is measured about me</h1>
      <p className="lede">
        Changes are looked at, and groups of people are counted. No page, file or query names a person or
        ranks people.
      </p>
      <Read />
      <Names />
      <Counting />
      <Purpose />
      <Wrong />
    </div>
  );
}

function Read() {
  return (
    <Figure title="What is read">
      <ul className="plain-words">
        <li>
          Commits, pull requests and reviews of the repositories that are collected: when, how large, which
          files, and what the commit message says of tools. <Link href="/data">Which sources those are</Link>{' '}
          is on the page Data.
        </li>
        <li>Deployments and outages, and which change is held to have caused one.</li>
        <li>What an account was allowed to do in a repository when it landed a change.</li>
        <li>
          If your organisation connects it: on which days an account used an AI tool, and how often. Never
          what was asked or answered.
        </li>
        <li>If your organisation imports it: which accounts are one person's, and in which team.</li>
      </ul>
    </Figure>
  );
}

function Names() {
  return (
    <Figure title="What becomes of names">
      <ul className="plain-words">
        <li>
          What was read stays as it was read, accounts and addresses with it, in the database of baserate
          itself. Those who run baserate here can read that database; pages, files and the queries of analysts
          cannot.
        </li>
        <li>
          What is worked out from it has a number in the place of an account, made with a secret key. It
          serves to count people once, and to tell whether the person who approved a change had a hand in it.
        </li>
        <li>Pages, files and queries have not even that number, and no name, login, address or picture.</li>
        <li>
          The title of a change and its commit are shown, as the forge shows them. Whoever may read the
          repository can see there who made it; baserate adds no link from a person to their changes.
        </li>
      </ul>
    </Figure>
  );
}

function Counting() {
  return (
    <Figure title="How people are counted">
      <ul className="plain-words">
        <li>A number about people is shown for groups of five or more. For fewer it says so, and why.</li>
        <li>
          Where one group is too small, the next smallest is left out with it, until at least five people are:
          so that the whole less its parts tells of nobody.
        </li>
        <li>
          Who uses AI is counted in whole weeks and by team, never by repository or by a list that somebody
          puts together.
        </li>
        <li>
          A team is not told of the week that is not over: else two looks at it would tell who landed
          something between.
        </li>
        <li>
          Numbers of changes are shown for small teams too. In a team of one or two people, that can say
          something about a person to somebody who knows the team.
        </li>
      </ul>
    </Figure>
  );
}

function Purpose() {
  return (
    <Figure title="What it is not for">
      <ul className="plain-words">
        <li>
          There is no list of people by output, mistakes or use of AI, and none can be made from what is
          shown.
        </li>
        <li>Teams stand in the order of the alphabet. They cannot be put into an order of risk.</li>
        <li>
          Using no AI, or much of it, is not rated. A change with no AI recorded may well have been made with
          it: completion in an editor leaves no mark.
        </li>
      </ul>
    </Figure>
  );
}

function Wrong() {
  return (
    <Figure title="If something is wrong">
      <p className="in-words">
        A wrong team, an account that is not yours, or a change that did not cause an outage can be corrected
        at the source that it came from, or by those who run baserate here. <Link href="/data">Data</Link>{' '}
        says when each source was last read, and what it did not give. What every number means, and its query,
        stands in the dictionary of figures.
      </p>
    </Figure>
  );
}
