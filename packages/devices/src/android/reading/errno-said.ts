const ENDINGS: readonly (readonly [text: string, errno: string])[] = [
  ['No such file or directory', 'ENOENT'],
  ['Permission denied', 'EACCES'],
  ['Operation not permitted', 'EPERM'],
  ['File name too long', 'ENAMETOOLONG'],
];

/** The errno that a command's complaint ends with in words; `unknown` for others. */
export function errnoSaid(complaint: string): string {
  const text = complaint.trimEnd();
  return ENDINGS.find(([ending]) => text.endsWith(ending))?.[1] ?? 'unknown';
}
