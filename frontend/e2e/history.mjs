// A git history with every kind of answer in it: changes of each author class over two years, some of them reverted
// or repaired soon. It is the same on every run but for its dates, which end today.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DAY = 86_400;
const QUARTERS = 8;
const A_QUARTER = 60;
const PEOPLE = ['Ada', 'Ben', 'Cleo', 'Dev', 'Eli', 'Fay', 'Gus'];

/** Writes the history into a new repository in dir. */
export function makeHistory(dir) {
  git(dir, 'init', '--quiet', '--initial-branch=main', '.');
  const first = Math.floor(Date.now() / 1000) - (QUARTERS * 91 - 5) * DAY;
  for (let quarter = 0; quarter < QUARTERS; quarter++) addQuarter(dir, first + quarter * 91 * DAY, quarter);
}

/** Adds changes day by day, then the reverts and repairs of the last of them. */
function addQuarter(dir, start, quarter) {
  const changes = Array.from({ length: A_QUARTER }, (_, i) =>
    change(start + i * DAY, quarter * A_QUARTER + i),
  );
  const shas = fastImport(dir, changes);
  const end = start + A_QUARTER * DAY;
  const undone = range(0, 13, 1 + (quarter % 2)).map((back) =>
    revert(changes, shas, A_QUARTER - 1 - back, end),
  );
  const repaired = range(0, 2, 1).map((back) => repair(shas, A_QUARTER - 1 - back, end - DAY / 2));
  fastImport(dir, [...repaired, ...undone]);
}

function change(at, n) {
  const person = PEOPLE[Math.floor(n / 7) % PEOPLE.length];
  const kind = ['plain', 'assisted', 'plain', 'agent', 'assisted', 'bot', 'plain'][(n * 5) % 7];
  const subject = `Change part ${n % 40} for the ${n}th time`;
  if (kind === 'bot')
    return commit(
      'dependabot[bot]',
      '49699333+dependabot[bot]@users.noreply.github.com',
      at,
      n,
      `Bump lib from ${n} to ${n + 1}`,
    );
  const message = {
    plain: subject,
    assisted: `${subject}\n\nAssisted-by: GitHub Copilot`,
    agent: `${subject}\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\n\nCo-Authored-By: Claude <noreply@anthropic.com>`,
  }[kind];
  return commit(person, `${person.toLowerCase()}@example.com`, at, n, message);
}

function revert(changes, shas, i, at) {
  const subject = changes[i].message.split('\n')[0];
  return commit(
    'Ada',
    'ada@example.com',
    at + i,
    i,
    `Revert "${subject}"\n\nThis reverts commit ${shas[i]}.`,
  );
}

function repair(shas, i, at) {
  return commit('Ben', 'ben@example.com', at + i, i, `Repair part ${i}\n\nFixes: ${shas[i]}`);
}

function commit(name, email, at, n, message) {
  return { name, email, at, message, path: `part-${n % 40}.txt`, text: `${n}\n`.repeat(1 + (n % 90)) + at };
}

/** Adds commits to main and returns their hashes. */
function fastImport(dir, commits) {
  const marks = join(dir, '.git', 'marks');
  const head = execFileSync('git', ['-C', dir, 'for-each-ref', '--format=%(objectname)', 'refs/heads/main'])
    .toString()
    .trim();
  const stream = commits.map((c, i) => command(c, i + 1, i === 0 ? head : ''));
  execFileSync('git', ['-C', dir, 'fast-import', '--quiet', `--export-marks=${marks}`], {
    input: stream.join(''),
  });
  return readFileSync(marks, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.slice(1).split(' '))
    .sort(([a], [b]) => a - b)
    .map(([, sha]) => sha);
}

function command({ name, email, at, message, path, text }, mark, from) {
  const who = `${name} <${email}> ${Math.floor(at)} +0000`;
  return (
    `commit refs/heads/main\nmark :${mark}\nauthor ${who}\ncommitter ${who}\n${blob(message)}` +
    (from ? `from ${from}\n` : '') +
    `M 100644 inline ${path}\n${blob(text)}\n`
  );
}

function blob(text) {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function git(dir, ...args) {
  execFileSync('git', ['-C', dir, ...args]);
}

function range(from, to, step) {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);
}
