import { concatBytes } from '@holdfast/kernel';
import { wholeContent } from '../../../content.ts';
import { nodeAt } from '../../../tree.ts';
import { type Android, isShut } from '../../android.ts';
import { absolute, type Call } from '../../call.ts';
import { makeFolder, removeNode, writeFile } from '../../files.ts';
import type { InstallSession } from '../../package.ts';
import { type ApkFacts, readApk } from './apk.ts';

async function failure(call: Call, why: string): Promise<number> {
  await call.print(`Failure [${why}]\n`);
  return 1;
}

/** Options of the installing verbs, those with a value together with it, and the words left. */
function installWords(words: readonly string[]): { options: Map<string, string>; rest: string[] } {
  const options = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (['-S', '-i', '--user', '--install-location', '--pkg', '-p'].includes(word)) {
      options.set(word, words[at + 1] ?? '');
      at += 1;
    } else if (word.startsWith('-') && word !== '-') options.set(word, '');
    else rest.push(word);
  }
  return { options, rest };
}

function newSession(
  android: Android,
  options: ReadonlyMap<string, string>,
): [id: number, session: InstallSession] {
  const id = 1_000_000_007 + android.installs.size * 7919;
  const size = options.get('-S');
  const session: InstallSession = {
    totalBytes: size === undefined ? undefined : Number(size),
    installer: options.get('-i'),
    isReplacing: android.release >= 10 || options.has('-r'),
    files: new Map(),
  };
  android.installs.set(id, session);
  return [id, session];
}

/** `install-create`: its number is told in brackets. */
export async function installCreate(call: Call): Promise<number> {
  const { options } = installWords(call.args.slice(1));
  const [id] = newSession(call.android, options);
  await call.print(`Success: created install session [${id}]\n`);
  return 0;
}

/** `install-write -S BYTES SESSION NAME -`: from standard input, or a file of the phone. */
export async function installWrite(call: Call): Promise<number> {
  const { options, rest } = installWords(call.args.slice(1));
  const [id = '', name = '', path = '-'] = rest;
  const session = call.android.installs.get(Number(id));
  if (session === undefined)
    return failure(call, `INSTALL_FAILED_INVALID_INSTALL_LOCATION: no session ${id}`);
  const expected = options.get('-S');
  let bytes: Uint8Array;
  if (path === '-') {
    if (expected === undefined) {
      await call.complain('Error: must specify a APK size\n');
      return 1;
    }
    bytes = await take(call.stdin, Number(expected));
    if (bytes.length < Number(expected)) return failure(call, 'INSTALL_FAILED_INVALID_APK: short read');
  } else {
    const node = nodeAt(call.android.root, absolute(call, path), { follow: true });
    if (node?.kind !== 'file') return failure(call, `INSTALL_PARSE_FAILED_NOT_APK: no file ${path}`);
    bytes = wholeContent(node.content);
  }
  session.files.set(name, bytes);
  await call.print(`Success: streamed ${bytes.length} bytes\n`);
  return 0;
}

async function take(stdin: AsyncIterable<Uint8Array>, bytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let left = bytes;
  if (left > 0) {
    for await (const chunk of stdin) {
      parts.push(chunk.slice(0, left));
      left -= Math.min(left, chunk.length);
      if (left === 0) break;
    }
  }
  return concatBytes(parts);
}

export async function installAbandon(call: Call): Promise<number> {
  const { rest } = installWords(call.args.slice(1));
  if (!call.android.installs.delete(Number(rest[0]))) return failure(call, 'INSTALL_FAILED_INTERNAL_ERROR');
  await call.print('Success\n');
  return 0;
}

export async function installCommit(call: Call): Promise<number> {
  const id = Number(installWords(call.args.slice(1)).rest[0]);
  const session = call.android.installs.get(id);
  if (session === undefined) return failure(call, 'INSTALL_FAILED_INTERNAL_ERROR: no such session');
  call.android.installs.delete(id);
  return commit(call, session);
}

/** `install -S BYTES`: all in one. */
export async function install(call: Call): Promise<number> {
  const { options, rest } = installWords(call.args.slice(1));
  const [id, session] = newSession(call.android, options);
  call.android.installs.delete(id);
  const [path = '-'] = rest;
  const node = path === '-' ? undefined : nodeAt(call.android.root, absolute(call, path), { follow: true });
  const bytes =
    node?.kind === 'file'
      ? wholeContent(node.content)
      : await take(call.stdin, Number(options.get('-S') ?? 0));
  session.files.set('base.apk', bytes);
  return commit(call, session);
}

async function commit(call: Call, { files, installer, isReplacing }: InstallSession): Promise<number> {
  const { android } = call;
  if (isShut(android)) return failure(call, 'INSTALL_FAILED_USER_RESTRICTED: Install canceled by user');
  const apks = [...files.values()].map((bytes) => ({ bytes, facts: readApk(bytes) }));
  const broken = apks.find(({ facts }) => facts === undefined);
  if (broken !== undefined) return failure(call, 'INSTALL_PARSE_FAILED_NOT_APK: Failed to parse the package');
  const base = apks
    .map(({ facts }) => facts)
    .find((facts) => facts !== undefined && facts.split === undefined);
  if (base === undefined)
    return failure(call, 'INSTALL_FAILED_INVALID_APK: Full install must include a base package');
  const there = android.packages.get(base.package);
  if (apks.some(({ facts }) => facts?.package !== base.package || facts.versionCode !== base.versionCode))
    return failure(call, `INSTALL_FAILED_INVALID_APK: Inconsistent package or version of ${base.package}`);
  if (base.needsSplits === true && apks.length === 1)
    return failure(call, `INSTALL_FAILED_MISSING_SPLIT: Missing split for ${base.package}`);
  if (there !== undefined && !isReplacing)
    return failure(call, `INSTALL_FAILED_ALREADY_EXISTS: Attempt to re-install ${base.package}`);
  if (there !== undefined && there.versionCode > base.versionCode)
    return failure(
      call,
      `INSTALL_FAILED_VERSION_DOWNGRADE: Update version code ${base.versionCode} is older`,
    );
  const said = place(android, base, apks as { bytes: Uint8Array; facts: ApkFacts }[], installer);
  if (said !== undefined) return failure(call, said);
  await call.print('Success\n');
  return 0;
}

function place(
  android: Android,
  base: ApkFacts,
  apks: readonly { bytes: Uint8Array; facts: ApkFacts }[],
  installer: string | undefined,
): string | undefined {
  const there = android.packages.get(base.package);
  const codePath = `/data/app/~~holdfast${android.packages.size}==/${base.package}-${base.versionCode}==`;
  makeFolder(android.root, codePath);
  const names = apks.map(({ facts }) =>
    facts.split === undefined ? 'base.apk' : `split_${facts.split}.apk`,
  );
  for (const [at, { bytes }] of apks.entries()) {
    if (writeFile(android.root, `${codePath}/${names[at]}`, bytes) === undefined) continue;
    removeNode(android.root, codePath);
    return 'INSTALL_FAILED_INSUFFICIENT_STORAGE: Failed to extract native libraries';
  }
  if (there !== undefined && !there.isSystem) removeNode(android.root, there.codePath);
  android.packages.set(base.package, {
    name: base.package,
    appId: there?.appId ?? 10_300 + android.packages.size,
    versionCode: base.versionCode,
    versionName: base.versionName,
    targetSdk: 33,
    installer,
    isSystem: there?.isSystem ?? false,
    codePath,
    files: names.toSorted(),
    enabled: 0,
    isStopped: there?.isStopped ?? true,
    permissions: there?.permissions ?? new Map(),
    firstInstall: there?.firstInstall ?? android.now(),
    lastUpdate: android.now(),
  });
  return undefined;
}
