import { connection } from './connection';
import { apiKey } from './key';
import type { Problem } from './types';

/** An error response of the server (RFC 9457). */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** No response, or one that did not come from the program (a proxy in front of a stopped server, say). */
export class ConnectionError extends Error {
  constructor() {
    super('The server does not respond.');
    this.name = 'ConnectionError';
  }
}

const NO_CONTENT = 204;

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;

/** Addresses are relative to the page, so that a proxy may put the console under a path. */
export async function request<T>(path: string, init: RequestInit = {}): Promise<T> {
  const headers = new Headers(init.headers);
  headers.set('Accept', 'application/json, application/problem+json');
  const key = apiKey.current();
  if (key) headers.set('Authorization', `Bearer ${key}`);
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(`v1${path}`, { ...init, headers });
    body = response.status === NO_CONTENT ? undefined : await response.json();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    connection.lost();
    throw new ConnectionError();
  }
  connection.found();
  if (response.ok) return body as T;
  const problem = isProblem(body) ? body : unnamedProblem(response);
  if (response.status === 401) apiKey.wanted(key !== '');
  throw new ProblemError(problem);
}

/** An image of the server as an address for an `img`, which cannot send the key itself. The caller revokes it. */
export async function imageAddress(path: string, signal: AbortSignal): Promise<string> {
  const key = apiKey.current();
  const headers = key ? { Authorization: `Bearer ${key}` } : undefined;
  const response = await fetch(path.replace(/^\//, ''), { signal, ...(headers && { headers }) });
  if (!response.ok) throw new ProblemError(unnamedProblem(response));
  return URL.createObjectURL(await response.blob());
}

/** Hands a file of the server to the browser to keep. With a key it is read first: a link cannot send the key. */
export async function download(path: string, name: string): Promise<void> {
  const address = `v1${path}`;
  const key = apiKey.current();
  if (!key) {
    keep(address, name);
    return;
  }
  const response = await fetch(address, { headers: { Authorization: `Bearer ${key}` } });
  if (!response.ok) throw new ProblemError(unnamedProblem(response));
  const held = URL.createObjectURL(await response.blob());
  keep(held, name);
  setTimeout(() => URL.revokeObjectURL(held), HOLD_MS);
}

/** Hands a text to the browser to keep as a file. */
export function saveText(text: string, type: string, name: string): void {
  const held = URL.createObjectURL(new Blob([text], { type }));
  keep(held, name);
  setTimeout(() => URL.revokeObjectURL(held), HOLD_MS);
}

/** Long enough for a browser to start reading a blob that it saves. */
const HOLD_MS = 60_000;

function keep(address: string, name: string) {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

export const remove = (path: string): Promise<unknown> => request(path, { method: 'DELETE' });

export function post<T>(path: string, body: unknown): Promise<T> {
  return request<T>(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export function put<T>(path: string, body: unknown, method: 'PUT' | 'PATCH' = 'PUT'): Promise<T> {
  return request<T>(path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const unnamedProblem = (response: Response): Problem => ({
  type: 'about:blank',
  title: response.statusText || 'The request failed',
  status: response.status,
  detail: `The server responded with status ${response.status} and no explanation.`,
  code: `HTTP_${response.status}`,
  request_id: response.headers.get('X-Request-Id') ?? '',
});
