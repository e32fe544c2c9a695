/** Requests to the server's HTTP API from our own pages. */

/** `version` is what the server calls this state of the thing (ETag), where it says so. */
export type Reply<T> = { ok: true; status: number; body: T; version?: string } | { ok: false; status: number; code: string; path?: string }

/** Sends JSON and reads JSON. `offline` is the code when there was no answer, `portal` when something else than our server answered. `seen`: change it only if it is still in this version. */
export async function request<T>(method: string, path: string, body?: unknown, seen?: string): Promise<Reply<T>> {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(seen === undefined ? {} : { 'if-match': seen }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch {
    return { ok: false, status: 0, code: 'offline' }
  }
  if (response.status === 204) return { ok: true, status: 204, body: undefined as T }
  // A captive portal answers with a page of its own, often with status 200.
  if (response.headers.get('content-type')?.includes('application/json') !== true) return { ok: false, status: response.status, code: 'portal' }
  const answer = (await response.json()) as T & { code?: string; path?: string }
  const version = response.headers.get('etag')
  if (response.ok) return { ok: true, status: response.status, body: answer, ...(version === null ? {} : { version }) }
  const refused = { ok: false as const, status: response.status, code: answer.code ?? 'failed' }
  return answer.path === undefined ? refused : { ...refused, path: answer.path }
}
