/** Characters of a quoted string that every client reads alike: printable ASCII without `"`, `%`, `/` and the backslash. */
const UNSURE = /[^\x20\x21\x23\x24\x26-\x2e\x30-\x5b\x5d-\x7e]/gu;

/** Of RFC 5987's `value-chars`, what `encodeURIComponent` leaves as it is and must not. */
const NOT_FREE = /['()*]/g;

/** The header `Content-Disposition` of something to be saved under a name (RFC 6266): for old clients in ASCII, for all others exactly. */
export function attachment(name: string): string {
  const exact = encodeURIComponent(name).replace(
    NOT_FREE,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${name.replace(UNSURE, '_')}"; filename*=UTF-8''${exact}`;
}
