/** The words of a command without `--user N`: there is one person, who is user 0. */
export function withoutUser(words: readonly string[]): string[] {
  return words.filter((word, at) => word !== '--user' && words[at - 1] !== '--user');
}
