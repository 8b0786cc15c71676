/** Words that we know. Whatever else a phone, a file or a person says is left out: it may be a name, a place or a secret. */
export function oneOf<T extends string>(
  known: readonly T[],
  word: string | undefined,
): T | 'other' | undefined {
  if (word === undefined) return undefined;
  return known.find((one) => one === word) ?? 'other';
}

/** A failure's code, by its shape: codes are ours. */
export function codeOf(code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  return /^(adb|catalog|cli|contents|devices|doctor|engine|home|kernel|media|records|repository|restic-format|server|store)\/[a-z][a-z-]{0,39}$/.test(
    code,
  )
    ? code
    : 'other';
}

/** A time, to the second and without a place's offset. */
export function momentOf(time: string | undefined): string | undefined {
  if (time === undefined) return undefined;
  try {
    return Temporal.Instant.from(time).toString({ smallestUnit: 'second' });
  } catch {
    return 'other';
  }
}

/** An Android version, or the number of its API. */
export function versionOf(text: string | number | boolean | undefined): string | undefined {
  if (text === undefined) return undefined;
  return /^\d{1,2}(\.\d{1,2}){0,2}$/.test(String(text)) ? String(text) : 'other';
}
