/**
 * The text that all names have in common which are one name to a phone: shared storage takes no notice of case, of how letters
 * are composed, and of characters that show nothing (Linux `fs/unicode`, NFDICF, which ext4 and f2fs compare folded names by).
 *
 * Where a phone tells two of them apart after all, they are both listed, and each is found by its own name first.
 */
export function foldName(name: string): string {
  // Of ASCII nothing but case can differ; most names are.
  if (/^\p{ASCII}*$/u.test(name)) return name.toLowerCase();
  return name
    .normalize('NFD')
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFD');
}
