/** Questions that were asked before anybody wanted the answer, by address. */
const asked = new Map<string, { readonly answer: Promise<Response>; readonly at: number }>();

/** An answer nobody has taken by then is too old. */
const GOOD_FOR_MS = 10_000;

/**
 * Asks for an address now, so that whoever wants its answer in a moment waits for less. What goes wrong is found when they ask themselves. The
 * answer may be looked at by a clone alone.
 */
export function askEarly(address: string, now = performance.now()): Promise<Response> {
  const answer = fetch(address, { credentials: 'same-origin', headers: { accept: 'application/json' } });
  answer.catch(() => {});
  asked.set(address, { answer, at: now });
  return answer;
}

/** The answer that was asked for early: given once, only if it is a good one, and not after ten seconds. */
export async function takeEarly(address: string, now = performance.now()): Promise<Response | undefined> {
  const early = asked.get(address);
  if (early === undefined) return undefined;
  asked.delete(address);
  if (now - early.at > GOOD_FOR_MS) return undefined;
  const response = await early.answer.catch(() => undefined);
  return response?.ok === true ? response : undefined;
}
