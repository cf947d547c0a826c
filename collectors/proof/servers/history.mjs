// A small organisation's hundred days: people and agents open pull requests, others look or do not, some of it breaks. Everything
// is made by GitHub's API, as the one who did it; the same number of days ago whenever it is made.
import { set } from './clock.mjs';

export const organisation = 'acme';
export const repositories = ['acme/shop', 'acme/ledger'];
const people = ['ada', 'ben', 'cleo', 'dan', 'eva', 'finn'];
const agents = ['copilot-swe-agent[bot]', 'devin-ai-integration[bot]'];
const levels = { ada: 'admin', ben: 'maintain', cleo: 'push', dan: 'push', eva: 'push', finn: 'triage' };

// One token reads; everybody has one of their own to write with.
export const reader = 'emulator';
export const seed = {
  tokens: {
    [reader]: { login: 'ada', scopes: ['repo', 'read:org'] },
    ...Object.fromEntries([...people, ...agents].map((login) => [login, { login, scopes: ['repo', 'admin:org'] }])),
  },
  github: {
    users: [...people, ...agents].map((login) => ({ login, name: login, email: `${login.replace('[bot]', '')}@example.org` })),
    orgs: [{ login: organisation, members: people.map((login) => ({ login, role: login === 'ada' ? 'admin' : 'member' })) }],
    repos: repositories.map((name) => ({ owner: organisation, name: name.split('/')[1], auto_init: true })),
  },
};

const day = 24 * 60 * 60 * 1000;
const claude = '\n\nCo-Authored-By: Claude <noreply@anthropic.com>';

// make makes the history on a server. It returns how much there is.
export async function make(url) {
  const today = Math.floor(Date.now() / day) * day;
  const made = { pulls: 0, merged: 0, reviews: 0, incidents: 0 };
  at(today - 101 * day);
  for (const repo of repositories) {
    await ask(url, 'ada', 'POST', `/repos/${repo}/labels`, { name: 'incident', color: 'b60205' });
    for (const login of [...people.slice(1), ...agents]) {
      await ask(url, 'ada', 'PUT', `/repos/${repo}/collaborators/${encodeURIComponent(login)}`, { permission: levels[login] ?? 'push' });
    }
  }
  for (let i = 0; i < 100; i++) {
    await change(url, i, today - (100 - i) * day + 9 * 60 * 60 * 1000, made);
  }
  set(null);
  return made;
}

// change is the pull request of one day. Which it is follows from the day alone, so that whoever reads this can say what must be
// found: every third comes from an agent, every seventh breaks something.
async function change(url, i, start, made) {
  const repo = repositories[i % 2];
  const agent = i % 3 === 0;
  const author = agent ? agents[(i / 3) % 2] : people[i % 5];
  const reviewer = people[(i + 1) % 5];
  const branch = agent ? `copilot/change-${i}` : `change-${i}`;
  at(start);
  const { object } = await ask(url, author, 'GET', `/repos/${repo}/git/ref/heads/main`);
  await ask(url, author, 'POST', `/repos/${repo}/git/refs`, { ref: `refs/heads/${branch}`, sha: object.sha });
  await ask(url, author, 'PUT', `/repos/${repo}/contents/src/part${i % 9}/file${i}.txt`, {
    branch, message: `change ${i}${i % 4 === 1 ? claude : ''}`, content: Buffer.from(`line\n`.repeat(1 + (i % 30))).toString('base64'),
  });
  at(start + 0.05 * day);
  const pull = await ask(url, author, 'POST', `/repos/${repo}/pulls`, {
    title: `Change ${i}`, head: branch, base: 'main', body: agent ? `Asked for by @${people[i % 5]}.` : 'As agreed.',
  });
  made.pulls++;
  at(start + 0.1 * day);
  if (i % 5 !== 4) { // every fifth lands unseen
    await ask(url, reviewer, 'POST', `/repos/${repo}/pulls/${pull.number}/reviews`, { event: i % 11 === 0 ? 'REQUEST_CHANGES' : 'APPROVE', body: 'Read.' });
    made.reviews++;
  }
  at(start + 0.2 * day);
  if (i % 10 === 9) { // every tenth is given up
    await ask(url, author, 'PATCH', `/repos/${repo}/pulls/${pull.number}`, { state: 'closed' });
    return;
  }
  await ask(url, agent ? reviewer : author, 'PUT', `/repos/${repo}/pulls/${pull.number}/merge`, { merge_method: 'squash' });
  made.merged++;
  if (i % 7 === 3) {
    await outage(url, repo, pull.number, start + 0.4 * day);
    made.incidents++;
  }
}

// outage is an incident as an issue, which names the pull request that caused it.
async function outage(url, repo, cause, start) {
  at(start);
  const issue = await ask(url, 'eva', 'POST', `/repos/${repo}/issues`, {
    title: 'Checkout answers with errors', body: `Caused by #${cause}. Rolled back.`, labels: ['incident'],
  });
  at(start + 0.05 * day);
  await ask(url, 'eva', 'PATCH', `/repos/${repo}/issues/${issue.number}`, { state: 'closed', state_reason: 'completed' });
}

const at = (moment) => set(new Date(moment).toISOString());

async function ask(url, login, method, path, body) {
  const response = await fetch(url + path, { method, headers: { authorization: `Bearer ${login}` }, body: body && JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path} as ${login}: ${response.status} ${text}`);
  }
  return text === '' ? {} : JSON.parse(text);
}
