import { deepEqual, ok } from 'node:assert/strict';
import { COMPLAINT_CODES, COMPLAINTS, type ComplaintCode } from '@holdfast/doctor';
import { provoke, type SampleOptions } from '@holdfast/testkit/phone';
import { found, littlePhone } from './matrix.ts';

type Pair = readonly [first: ComplaintCode, second: ComplaintCode];

/** Every two complaints, in the order in which they come about: each pair once. */
export const PAIRS: readonly Pair[] = COMPLAINT_CODES.flatMap((first, at) =>
  COMPLAINT_CODES.slice(at + 1).map((second): Pair => [first, second]),
);

/** Of these a phone can only be one thing at a time: what comes last is so. */
const ONE_AT_A_TIME: readonly RegExp[] = [
  /^(?:airplane-mode|offline|captive-network|network-not-working|mobile-data-only|metered-wifi|roaming|vpn)$/,
  /^standby-/,
  /^storage-/,
  /^(?:no-photo-access|selected-photos-only|videos-not-allowed|photos-not-allowed)$/,
  /^says-/,
];

/** What takes a part of the photos away each: any two of them leave none. */
const PARTS: readonly ComplaintCode[] = ['selected-photos-only', 'videos-not-allowed', 'photos-not-allowed'];

/** What two troubles come to where they are neither one nor the other any more. */
const together = (first: ComplaintCode, second: ComplaintCode): ComplaintCode | undefined =>
  PARTS.includes(first) && PARTS.includes(second) ? 'no-photo-access' : undefined;

/** What the app and the scheduler say is one thing at a time, and may be about the other trouble. */
const MAY_BE_SILENT = /^(?:says|job)-/;

/** What cannot be seen while the other is so, though it does not follow from it. */
const UNSEEN_BEHIND: readonly (readonly [one: RegExp, other: RegExp])[] = [
  [/^(?:files|folders|media)-/, /^phone-sealed$/],
  [/./, /^app-missing$/],
  [/^app-/, /^app-removed-for-user$/],
  // The switch behind a permission is looked at where the permission is given.
  [
    /^photo-access-blocked$/,
    /^(?:no-photo-access|selected-photos-only|videos-not-allowed|photos-not-allowed)$/,
  ],
];

const isUnseen = (one: ComplaintCode, other: ComplaintCode): boolean =>
  UNSEEN_BEHIND.some(([unseen, seen]) => unseen.test(one) && seen.test(other));

const isReplaced = (one: ComplaintCode, other: ComplaintCode): boolean =>
  ONE_AT_A_TIME.some((slot) => slot.test(one) && slot.test(other));

/**
 * Requires of a phone with two troubles: nothing stands out but these two, and each of them does unless it follows from the other, or
 * cannot be so at once; or what both come to, alone.
 */
export async function requirePair(
  phone: SampleOptions,
  first: ComplaintCode,
  second: ComplaintCode,
): Promise<void> {
  const android = littlePhone(phone);
  if (!provoke(android, first) || !provoke(android, second)) return;
  const { shown, hidden } = await found(android, [first, second]);
  const told = `Android ${android.release} of ${android.vendor}, ${first} and ${second}: ${shown.join(', ')}; hidden: ${[...hidden].join(' ')}`;
  const sum = together(first, second);
  if (sum !== undefined) {
    deepEqual(shown, [sum], told);
    return;
  }
  ok(shown.length > 0, told);
  ok(
    shown.every((code) => code === first || code === second),
    told,
  );
  for (const [one, other] of [
    [first, second],
    [second, first],
  ] as const) {
    const isThere = shown.includes(one) || hidden.get(one) === other;
    const follows = COMPLAINTS.get(one)?.hiddenBehind.includes(other) === true;
    ok(isThere || follows || isReplaced(one, other) || isUnseen(one, other) || MAY_BE_SILENT.test(one), told);
  }
}
