import { encodeName, isPlainName } from '@holdfast/kernel';

/** A path as the operating system wants it: bytes where a name is not UTF-8. */
export const osPath = (path: string): string | Buffer =>
  isPlainName(path) ? path : Buffer.from(encodeName(path));

/** The path of `relative` below `folder`; `''` is the folder itself. */
export function below(folder: string, relative: string): string {
  if (relative === '') return folder;
  return folder.endsWith('/') ? folder + relative : `${folder}/${relative}`;
}

/** What is above `path`, and its last part. A path of one part is in `''`. */
export function split(path: string): { readonly folder: string; readonly name: string } {
  const slash = path.lastIndexOf('/');
  return { folder: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1) };
}

/** Bytes a name or path takes on the disk. */
export const byteLength = (text: string): number =>
  isPlainName(text) ? Buffer.byteLength(text) : encodeName(text).length;
