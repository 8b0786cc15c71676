/** Names of columns, written one after another. */
export const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** The members that have a text, an empty one being none. */
export function filled<K extends string>(
  members: Readonly<Record<K, string | undefined>>,
): Partial<Record<K, string>> {
  const entries = Object.entries<string | undefined>(members).filter(([, text]) => text);
  return Object.fromEntries(entries) as Partial<Record<K, string>>;
}
