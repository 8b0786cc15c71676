const STATUSES = [
  ['tentative', 'TENTATIVE'],
  ['confirmed', 'CONFIRMED'],
  ['cancelled', 'CANCELLED'],
] as const;

const VISIBILITIES = [
  ['public', 'PUBLIC'],
  ['private', 'PRIVATE'],
  ['confidential', 'CONFIDENTIAL'],
] as const;

const AVAILABILITIES = [
  ['busy', 'OPAQUE'],
  ['free', 'TRANSPARENT'],
] as const;

/** Columns with words that iCalendar has too, and the property each is in. */
export const WORD_PROPERTIES = [
  ['status', 'STATUS', STATUSES],
  ['visibility', 'CLASS', VISIBILITIES],
  ['availability', 'TRANSP', AVAILABILITIES],
] as const;

/** Of attendees. */
export const ROLES = [
  ['required', 'REQ-PARTICIPANT'],
  ['optional', 'OPT-PARTICIPANT'],
] as const;

export const PARTICIPATIONS = [
  ['accepted', 'ACCEPTED'],
  ['declined', 'DECLINED'],
  ['invited', 'NEEDS-ACTION'],
  ['tentative', 'TENTATIVE'],
] as const;

/** A table of words and iCalendar's for them. */
export type Words = readonly (readonly [word: string, theirs: string])[];

/** iCalendar's word; absent when it has none. */
export function theirWord(words: Words, word: string | undefined): string | undefined {
  return words.find(([ours]) => ours === word)?.[1];
}

/** Our word for iCalendar's; absent when there is none. */
export function ourWord(words: Words, word: string | undefined): string | undefined {
  const upper = word?.toUpperCase();
  return words.find(([, theirs]) => theirs === upper)?.[0];
}
