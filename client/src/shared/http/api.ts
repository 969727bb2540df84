import { BASE } from '../base.ts';
import type { ProblemView } from '../../../../server/contract/rest.ts';

/** A request that was refused or never arrived. `code` is stable; the screen turns it into words. */
export class ApiProblem extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: string | undefined;
  constructor(code: string, status: number, detail?: string) {
    super(code);
    this.name = 'ApiProblem';
    this.code = code;
    this.status = status;
    this.detail = detail;
  }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => ({}))) as Partial<ProblemView>;
  return new ApiProblem(body.code ?? `http.${response.status}`, response.status, body.detail);
}

/** Sends a request to `/api/v1`, with the session's cookie. Rejects with ApiProblem only. */
export async function api<T>(
  path: string,
  options: { method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; body?: unknown; signal?: AbortSignal } = {},
): Promise<T> {
  const init: RequestInit = { method: options.method ?? 'GET', credentials: 'same-origin' };
  if (options.signal) init.signal = options.signal;
  if (options.body !== undefined) {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(options.body);
  }
  try {
    const response = await fetch(`${BASE}/api/v1${path}`, init);
    if (!response.ok) throw await problemOf(response);
    return (response.status === 204 ? undefined : await response.json()) as T;
  } catch (cause) {
    // The network may go, and the asker too, while the answer is being read.
    if (cause instanceof ApiProblem) throw cause;
    if (options.signal?.aborted) throw new ApiProblem('client.aborted', 0);
    throw Object.assign(new ApiProblem('client.offline', 0), { cause });
  }
}

/** The query part of an address, without what is not set. */
export const query = (values: Readonly<Record<string, string | number | undefined>>): string => {
  const set = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return set.length === 0 ? '' : `?${new URLSearchParams(set.map(([key, value]) => [key, String(value)]))}`;
};
