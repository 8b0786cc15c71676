import { type AdbTransport, runShell } from '@holdfast/adb';
import { type ByteSource, type Clock, decodeName } from '@holdfast/kernel';
import type { BackupFile } from '#device-sink.ts';
import { outputOf } from '../../../facts/output.ts';
import { valueOf } from '../../../facts/told.ts';
import { nameOfFile, parsePackagePaths } from '../../../parts/apps/package-list.ts';
import { hashesOf } from '../../files/hashes.ts';
import { installRefusal } from './install-failures.ts';
import type { AppsLink } from './installed-apps.ts';

/** A package file of an app, by its name on the phone: `base.apk`, `split_config.de.apk`. */
interface AppFile {
  readonly name: string;
  readonly file: BackupFile;
}

/** What is to be installed, and as whose. */
export interface AppToInstall {
  readonly package: string;
  readonly installer?: string;
  readonly files: readonly AppFile[];
}

/** A phone checks and translates an app in silence, and may ask its owner meanwhile. */
const INSTALL_WITHIN = Temporal.Duration.from({ minutes: 5 });

/**
 * Installs an app with all of its files: what the phone said against it, or `undefined` when it did. A session that came to
 * nothing is given up. Fails with `adb/…`, and as reading the files does.
 */
export async function installApp(
  link: AppsLink,
  { installer, files }: AppToInstall,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const total = files.reduce((sum, { file }) => sum + file.sizeBytes, 0);
  const whose = installer !== undefined && /^[\w.]+$/.test(installer) ? ['-i', installer] : [];
  const created = await run(link, ['install-create', '-r', ...whose, '-S', String(total)], signal);
  const session = /\[(\d+)\]/.exec(created)?.[1];
  if (session === undefined) return installRefusal(created) ?? created.slice(0, 300);
  let isOver = false;
  try {
    for (const { name, file } of files) {
      const words = ['install-write', '-S', String(file.sizeBytes), session, name, '-'];
      const refusal = installRefusal(await run(link, words, signal, file.read(signal)));
      if (refusal !== undefined) return refusal;
    }
    signal?.throwIfAborted();
    isOver = true;
    return installRefusal(await run(link, ['install-commit', session], signal));
  } finally {
    // Also for whoever wants to stop, and for nothing more than that it takes room until the phone forgets it.
    if (!isOver) await run(link, ['install-abandon', session]).catch(() => '');
  }
}

/** Whether the app is on the phone with the very same files. */
export async function isInstalled(link: AppsLink, app: AppToInstall, signal?: AbortSignal): Promise<boolean> {
  const { stdout } = await outputOf(link.transport, ['pm', 'path', '--user', '0', app.package], link, signal);
  const paths = valueOf(parsePackagePaths(stdout)) ?? [];
  if (paths.length !== app.files.length) return false;
  const bytes = app.files.reduce((sum, { file }) => sum + file.sizeBytes, 0);
  const hashes = await hashesOf(link.transport, paths, bytes, link, signal);
  const there = new Map(paths.map((path, at) => [nameOfFile(path), hashes[at]]));
  for (const { name, file } of app.files) if (there.get(name) !== (await file.hash(signal))) return false;
  return true;
}

async function run(
  { transport, clock }: { readonly transport: AdbTransport; readonly clock?: Clock },
  words: readonly string[],
  signal?: AbortSignal,
  stdin?: ByteSource,
): Promise<string> {
  const { stdout, stderr } = await runShell(transport, ['cmd', 'package', ...words], {
    stallAfter: INSTALL_WITHIN,
    ...(clock && { clock }),
    ...(signal && { signal }),
    ...(stdin && { stdin }),
  });
  return decodeName(stdout) + decodeName(stderr);
}
