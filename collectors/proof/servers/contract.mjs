// Prism with a maker's own description of its REST API: contract.mjs github, or contract.mjs jira. It answers like the examples in
// it, and refuses what the maker would. For {"upstream": URL} it stands before another server and says in the header
// sl-violations what the maker would not answer.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { serve } from './pipe.mjs';

const require = createRequire(import.meta.url);
const { createLogger } = require('@stoplight/prism-core');
const { getHttpOperationsFromSpec } = require('@stoplight/prism-http');
const { createServer } = require('@stoplight/prism-http-server');

const descriptions = {
  github: require.resolve('@octokit/openapi/generated/api.github.com.json'),
  jira: new URL('../node_modules/jira.json', import.meta.url),
};
const description = await readFile(descriptions[process.argv[2]], 'utf8');
const whole = await getHttpOperationsFromSpec(JSON.parse(description, process.argv[2] === 'jira' ? plain : undefined));
const logger = createLogger('prism', { level: 'silent' });

// Atlassian writes its examples as text, most of it JSON.
function plain(key, value) {
  try {
    return key === 'example' && typeof value === 'string' ? JSON.parse(value) : value;
  } catch {
    return value;
  }
}

const open = (operations, config) =>
  createServer(operations, {
    cors: false,
    components: { logger },
    config: { checkSecurity: false, errors: false, validateRequest: true, validateResponse: true, ...config },
  }).listen(0, '127.0.0.1');

const url = await open(whole, { isProxy: false, mock: { dynamic: false } });
await serve({ url }, async ({ upstream }) => ({
  url: await open(whole, { isProxy: true, upstream: new URL(upstream), mock: { dynamic: false } }),
}));
