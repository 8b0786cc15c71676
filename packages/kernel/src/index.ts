/**
 * The vocabulary every package shares, with no domain in it: failures, time, bytes, names, bounded concurrency, retry.
 *
 * It reads no file, opens no connection and knows nothing of phones or repositories; the machine's clock is the one
 * thing outside it touches, and only in `systemClock`.
 *
 * ```ts
 * for await (const size of mapOrdered(paths, 8, (path, signal) => sizeOf(path, signal), signal)) total += size;
 * ```
 */
export { Ahead } from './ahead.ts';
export {
  type ByteSource,
  collect,
  concatBytes,
  equalBytes,
  fromHex,
  type RandomBytes,
  toHex,
} from './bytes.ts';
export { type Clock, systemClock } from './clock.ts';
export { CANNOT_LINK, errnoOf, PASSES } from './errno.ts';
export { type ErrorFields, errorFrom, fieldsOf } from './error-fields.ts';
export { Failure, type FailureOptions, isFailure, type Retry } from './failure.ts';
export { KERNEL_FAILURES } from './failures.ts';
export { foldedText } from './folded-text.ts';
export { mapOrdered } from './map-ordered.ts';
export { decodeName, encodeName, isPlainName } from './names.ts';
export { type RetryOptions, retrying } from './retry.ts';
export { quoted, shellWord } from './shell-word.ts';
export { Slots } from './slots.ts';
export { originalText, storedText } from './stored-text.ts';
export { failureFrom, type SystemRefusal } from './system-refusal.ts';
export { plainText, visibleText } from './untrusted.ts';
