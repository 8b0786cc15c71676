import { resolve } from 'node:path';
import { Failure, isFailure } from '@holdfast/kernel';
import { HOME_FAILURES } from '#failures.ts';
import type { Host, Machine } from '#host.ts';
import { homeOf } from '#place/home.ts';
import { readIfThere, replaceFile } from '#place/private-file.ts';

/** A password and where it came from. */
export interface Password {
  readonly text: string;
  readonly from: PasswordFrom;
}

/** Where a password came from. `home-new` is the file of one that is about to become the home folder's. */
type PasswordFrom =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'environment' }
  | { readonly kind: 'home' }
  | { readonly kind: 'home-new' }
  | { readonly kind: 'typed' };

/** Longest password file: a page. What is longer is some other file. */
const LONGEST = 4096;

/** So much of it is read: each character takes three bytes at most, and there may be spaces around them. */
const MOST_BYTES = 4 * LONGEST;

/** The password that an option or a variable gives; `undefined` when none does. */
export async function givenPassword({
  env,
  cwd,
  passwordFile,
}: Omit<Host, 'tell'>): Promise<Password | undefined> {
  const named = passwordFile ?? (env['HOLDFAST_PASSWORD_FILE'] || undefined);
  if (named !== undefined) {
    const path = resolve(cwd, named);
    return { text: await readPasswordFile(path), from: { kind: 'file', path } };
  }
  const text = env['HOLDFAST_PASSWORD'] || undefined;
  return text === undefined ? undefined : { text, from: { kind: 'environment' } };
}

/** The passwords in the home folder, in the order in which they should be tried. */
export async function homePasswords(machine: Machine): Promise<Password[]> {
  const { password, newPassword } = homeOf(machine);
  const found: Password[] = [];
  for (const [path, kind] of [
    [password, 'home'],
    [newPassword, 'home-new'],
    // Again: between the two looks another run may have made the new one the password.
    [password, 'home'],
  ] as const) {
    if (kind === 'home' && found.length > 0) continue;
    const text = await readPassword(path);
    if (text !== undefined) found.push({ text: contentOf(text, path), from: { kind } });
  }
  return found;
}

/** A password file's text, without the spaces and line ends around it: what restic takes of the same file. */
export async function readPasswordFile(path: string): Promise<string> {
  const text = await readPassword(path);
  if (text === undefined) {
    throw new Failure(HOME_FAILURES.passwordFile, `There is no password file at ${path}`, {
      hint: 'Correct the path.',
      details: { path },
    });
  }
  return contentOf(text, path);
}

/** Makes the new password in the home folder the only one there. */
export async function settleNewPassword(machine: Machine): Promise<void> {
  const { password, newPassword } = homeOf(machine);
  await replaceFile(newPassword, password);
}

/** A file that is there and cannot be read leaves the password missing, which is not the same as none. */
async function readPassword(path: string): Promise<string | undefined> {
  try {
    return await readIfThere(path, MOST_BYTES);
  } catch (error) {
    if (!isFailure(error, HOME_FAILURES.folder)) throw error;
    const { errno = '' } = error.details;
    // Where not even its folder is one, the home folder is what is wrong.
    if (errno === 'ENOTDIR') throw error;
    throw new Failure(HOME_FAILURES.passwordFile, `The password file ${path} cannot be read (${errno})`, {
      hint: 'Let the account that runs this read it, or name another file with --password-file.',
      details: error.details,
      cause: error,
    });
  }
}

function contentOf(text: string, path: string): string {
  const content = text.trim();
  if (content === '') {
    throw new Failure(HOME_FAILURES.passwordFile, `The password file ${path} is empty`, {
      hint: 'Put the password into it; your recovery kit has it.',
      details: { path },
    });
  }
  if (content.length > LONGEST) {
    throw new Failure(HOME_FAILURES.passwordFile, `${path} is too long to be a password file`, {
      hint: 'Put the password into it; your recovery kit has it.',
      details: { path },
    });
  }
  // Each byte that is no UTF-8 was read as this one character: many passwords would be one, and none what restic reads.
  if (content.includes('\uFFFD')) {
    throw new Failure(HOME_FAILURES.passwordFile, `The password file ${path} is not text in UTF-8`, {
      hint: 'Save it as UTF-8.',
      details: { path },
    });
  }
  return content;
}
