/** The kinds of file a repository consists of (restic design, "Repository Layout"). */
export const FILE_KINDS = ['config', 'key', 'lock', 'snapshot', 'index', 'pack'] as const;

/** One of {@link FILE_KINDS}. */
export type FileKind = (typeof FILE_KINDS)[number];

/** Names one file: `name` is 64 lower-case hex digits, and `''` for the one `config`. */
export interface FileRef {
  readonly kind: FileKind;
  readonly name: string;
}

/** The one config file. */
export const CONFIG: FileRef = { kind: 'config', name: '' };

const HEX_64 = /^[0-9a-f]{64}$/;

/** True for names a file of this kind can have: what tells a repository's files from foreign ones. */
export function isFileName(kind: FileKind, name: string): boolean {
  return kind === 'config' ? name === '' : HEX_64.test(name);
}

/** The file in words for a message: `pack 1234abcd`, `config file`. */
export function describeFile(file: FileRef): string {
  return file.kind === 'config' ? 'config file' : `${file.kind} ${file.name.slice(0, 8)}`;
}
