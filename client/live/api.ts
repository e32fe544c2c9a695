/** Requests to the server's HTTP API from our own pages. */

export type Reply<T> = { ok: true; status: number; body: T } | { ok: false; status: number; code: string; path?: string }

/** Sends JSON and reads JSON. `offline` is the code when there was no answer, `portal` when something else than our server answered. */
export async function request<T>(method: string, path: string, body?: unknown): Promise<Reply<T>> {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
  } catch {
    return { ok: false, status: 0, code: 'offline' }
  }
  if (response.status === 204) return { ok: true, status: 204, body: undefined as T }
  // A captive portal answers with a page of its own, often with status 200.
  if (response.headers.get('content-type')?.includes('application/json') !== true) return { ok: false, status: response.status, code: 'portal' }
  const answer = (await response.json()) as T & { code?: string; path?: string }
  if (response.ok) return { ok: true, status: response.status, body: answer }
  const refused = { ok: false as const, status: response.status, code: answer.code ?? 'failed' }
  return answer.path === undefined ? refused : { ...refused, path: answer.path }
}
