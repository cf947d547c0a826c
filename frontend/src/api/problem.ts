import type { Problem } from './types';

/** What went wrong with a request, in the words of the server where it had any. */
export class RequestError extends Error {
  constructor(
    readonly problem: Problem,
    options?: ErrorOptions,
  ) {
    super(problem.detail ?? problem.title, options);
    this.name = 'RequestError';
  }

  /** Whether asking again can help: it cannot where the request itself is at fault. */
  get retryable(): boolean {
    const { status } = this.problem;
    return status === 0 || status === 429 || status >= 500;
  }
}

/** The error for an answer that never came. */
export function unreachable(cause: unknown): RequestError {
  return new RequestError(
    {
      type: 'about:blank',
      title: 'The server does not answer',
      status: 0,
      code: 'unreachable',
      action: 'See that baserate serve is running, then try again.',
    },
    { cause },
  );
}

/** The error for an answer that is not a success: its problem details, or as much as can be told without them. */
export function refused(response: Response, body: unknown): RequestError {
  if (isProblem(body)) return new RequestError(body);
  return new RequestError({
    type: 'about:blank',
    title: response.statusText || `Status ${response.status}`,
    status: response.status,
    code: 'unexpected',
    request_id: response.headers.get('X-Request-Id') ?? undefined,
  });
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'title' in body && 'status' in body;
}
