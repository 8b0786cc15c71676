import type { Android, PhoneFile, PhoneFolder } from '@holdfast/testkit/phone';

/** A folder's entry, and the folder. */
export interface Place {
  readonly parent: PhoneFolder;
  readonly name: string;
}

/** Roots of the storage a person sees. */
export function storageOf({ root }: Android): readonly (readonly [volume: string, folder: PhoneFolder])[] {
  const storage = root.entries.get('storage');
  if (storage?.kind !== 'folder') throw new Error('a phone without storage');
  const emulated = storage.entries.get('emulated');
  const own = emulated?.kind === 'folder' ? emulated.entries.get('0') : undefined;
  const roots: (readonly [string, PhoneFolder])[] = own?.kind === 'folder' ? [['internal', own]] : [];
  for (const [name, node] of storage.entries)
    if (node.kind === 'folder' && /^[0-9A-F]{4}-/.test(name)) roots.push([name, node]);
  return roots;
}

/** Every file below a folder, in order. */
export function filesBelow(root: PhoneFolder): (Place & { readonly file: PhoneFile })[] {
  return [root, ...foldersBelow(root).map(({ folder }) => folder)].flatMap((parent) =>
    [...parent.entries].flatMap(([name, node]) =>
      node.kind === 'file' ? [{ parent, name, file: node }] : [],
    ),
  );
}

/** Every folder below one, in order. */
export function foldersBelow(root: PhoneFolder): (Place & { readonly folder: PhoneFolder })[] {
  return [...root.entries].flatMap(([name, node]) =>
    node.kind === 'folder' ? [{ parent: root, name, folder: node }, ...foldersBelow(node)] : [],
  );
}
