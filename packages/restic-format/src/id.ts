import { hash } from 'node:crypto';

/** The SHA-256 of something, in 64 lower-case hexadecimal digits: what restic names everything by. */
export type Id = string;

/** Length of an id in digits. */
const ID_DIGITS = 64;

const ID = /^[0-9a-f]{64}$/;

/** The id of bytes: of a blob's plaintext, or of a whole file in the store. */
export function idOf(bytes: Uint8Array): Id {
  return hash('sha256', bytes, 'hex');
}

/** True for a well-formed id. */
export function isId(value: unknown): value is Id {
  return typeof value === 'string' && value.length === ID_DIGITS && ID.test(value);
}

/** The first 8 digits, as restic shows ids to people. */
export function shortId(id: Id): string {
  return id.slice(0, 8);
}
