// Requests to the server that the page came from. Paths are relative, so that
// the page also works below a prefix.

const TIMEOUT_MS = 60_000;

/** A request that failed, with a message for people. */
export class RequestError extends Error {
  override name = 'RequestError';
  constructor(
    message: string,
    /** The HTTP status, 0 where no answer came. */
    readonly status = 0,
  ) {
    super(message);
  }
}

/** What a problem document says of the parameters at fault, as sentences. */
function faults(errors: unknown): string {
  if (!Array.isArray(errors)) return '';
  const told = (errors as { parameter?: unknown; value?: unknown; reason?: unknown }[]).slice(0, 5).filter((e) => e !== null);
  return told
    .map(({ parameter, value, reason }) => {
      const given = String(value ?? '').slice(0, 80);
      const why = String(reason);
      return `${String(parameter)}: ${why.includes(given) ? '' : `“${given}” `}${why}.`;
    })
    .join(' ');
}

async function problem(response: Response): Promise<RequestError> {
  const fallback = `The server answered ${response.status} ${response.statusText}`.trim() + '.';
  try {
    const { detail, title, errors } = (await response.json()) as { detail?: unknown; title?: unknown; errors?: unknown };
    const words = [faults(errors), detail, title].find((s) => typeof s === 'string' && s !== '');
    return new RequestError((words as string | undefined) ?? fallback, response.status);
  } catch {
    return new RequestError(fallback, response.status);
  }
}

/** A path with a query, without a bare "?". */
export function address(path: string, query: URLSearchParams): string {
  return query.size > 0 ? `${path}?${query}` : path;
}

async function answer<T>(url: string, accept: string, signal: AbortSignal, read: (r: Response) => Promise<T>): Promise<T> {
  try {
    const response = await fetch(url, {
      headers: { Accept: `${accept}, application/problem+json` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (!response.ok) throw await problem(response);
    return await read(response);
  } catch (error) {
    if (signal.aborted || error instanceof RequestError) throw error;
    if (error instanceof SyntaxError) throw new RequestError('The answer of the server was cut short or cannot be read.');
    throw new RequestError('The server did not answer. It may have stopped, or the connection is lost.');
  }
}

/** Fetches an object as JSON. An aborted signal throws its reason, anything else that fails a RequestError. */
export async function fetchJSON(path: string, query: URLSearchParams, signal: AbortSignal): Promise<Record<string, unknown>> {
  const body = await answer(address(path, query), 'application/json, application/geo+json', signal, (r) => r.json() as Promise<unknown>);
  if (typeof body !== 'object' || body === null) throw new RequestError('The answer of the server cannot be read.');
  return body as Record<string, unknown>;
}

/** Fetches bytes; null for an answer without content. */
export function fetchBytes(path: string, query: URLSearchParams, signal: AbortSignal): Promise<ArrayBuffer | null> {
  return answer(address(path, query), '*/*', signal, async (r) => (r.status === 204 ? null : r.arrayBuffer()));
}
