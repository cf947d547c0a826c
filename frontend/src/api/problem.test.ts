import { describe, expect, it } from 'vitest';

import { answer } from './client';
import { RequestError } from './problem';

const reply = (status: number, error?: unknown, init?: ResponseInit) =>
  Promise.resolve({ error, response: new Response(null, { status, ...init }) });

describe('answer', () => {
  it('gives the data', async () => {
    expect(await answer(Promise.resolve({ data: 7, response: new Response() }))).toBe(7);
  });

  it('throws the problem that the server states', async () => {
    const problem = { type: 'about:blank', title: 'Busy', status: 503, code: 'busy', detail: 'later' };
    await expect(answer(reply(503, problem))).rejects.toMatchObject({
      problem,
      message: 'later',
      retryable: true,
    });
  });

  it('makes do with the status where there is no problem, as from a proxy', async () => {
    const failed = answer(
      reply(502, '<html>', { statusText: 'Bad Gateway', headers: { 'X-Request-Id': 'R2' } }),
    );
    await expect(failed).rejects.toMatchObject({
      problem: { title: 'Bad Gateway', status: 502, request_id: 'R2' },
    });
  });

  it('says that a server is away', async () => {
    const failed = answer(Promise.reject(new TypeError('fetch failed')));
    await expect(failed).rejects.toMatchObject({
      problem: { code: 'unreachable', status: 0 },
      retryable: true,
    });
  });

  it('lets a request that was called off go by', async () => {
    const aborted = new DOMException('called off', 'AbortError');
    await expect(answer(Promise.reject(aborted))).rejects.toBe(aborted);
  });
});

it.each([
  [400, false],
  [404, false],
  [429, true],
  [500, true],
])('asking again after %d: %s', (status, retryable) => {
  expect(new RequestError({ type: '', title: '', status, code: '' }).retryable).toBe(retryable);
});
