/** Names in which case, composition and what is not shown differ in ways that are easily forgotten. */
export const ODD_NAMES: readonly string[] = [
  'I\u0307',
  '\u1e9e',
  '\ufb01',
  '\u0345',
  '\u1f80',
  '\u00ad',
  '\u{1f469}\u200d\u{1f467}',
  '\ud83d\ufe0f',
  '\udcff',
  '\u01c5',
  '\u1100\u1161',
];
