/** Which bytes are asked for: all, a stretch (`to` is not in it), or some that are not there. */
export type ByteRange =
  | { readonly kind: 'all' }
  | { readonly kind: 'part'; readonly from: number; readonly to: number }
  | { readonly kind: 'unsatisfiable' };

const ALL: ByteRange = { kind: 'all' };

/** Digits of a number that is exact. */
const MOST_DIGITS = 15;

/**
 * What a `Range` header asks for of `sizeBytes` bytes (RFC 9110, 14.1.2 and 14.2): one stretch, or the last so many bytes. More than one stretch
 * (which a server may ignore), other units and nonsense are all of it.
 */
export function byteRange(header: string | undefined, sizeBytes: number): ByteRange {
  const found = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header ?? '');
  if (found === null) return ALL;
  const [, first = '', last = ''] = found;
  if (first.length > MOST_DIGITS || last.length > MOST_DIGITS || first + last === '') return ALL;
  if (first === '') {
    const from = Math.max(0, sizeBytes - Number(last));
    return from < sizeBytes ? { kind: 'part', from, to: sizeBytes } : { kind: 'unsatisfiable' };
  }
  const from = Number(first);
  // A last that is before the first makes the whole header invalid.
  if (last !== '' && Number(last) < from) return ALL;
  if (from >= sizeBytes) return { kind: 'unsatisfiable' };
  return { kind: 'part', from, to: last === '' ? sizeBytes : Math.min(sizeBytes, Number(last) + 1) };
}

/** Whether a client has it already: `If-None-Match` (RFC 9110, 13.1.2) names the tag, or any. */
export function isKnownTo(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
}
