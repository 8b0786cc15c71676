import { type ByteSource, type Clock, decodeName, isFailure, systemClock } from '@holdfast/kernel';
import { ADB_FAILURES, protocolViolation } from '#failures.ts';
import { type Patience, STALL_AFTER } from '#link/patience.ts';
import type { AdbTransport } from '#link/transport.ts';
import { runShell } from '#shell/shell.ts';
import { Fetcher } from './fetcher.ts';
import { FileStreams } from './file-streams.ts';
import { type ListedFolder, listFolders } from './list.ts';
import { type Pulled, pullFile, pullFiles } from './pull.ts';
import { type PushedTraits, pushFile } from './push.ts';
import { isFolder, type Looked, type RemoteProblem } from './remote-file.ts';
import { statFiles } from './stat.ts';

/** Time, and how much of it a phone gets. */
export interface RemoteFilesOptions {
  readonly clock?: Clock;
  /** Without a sign of life for this long, the phone is taken for gone. Default 20 s. */
  readonly stallAfter?: Temporal.Duration;
}

/** Requests on their way while folders are listed, and while files are read; more gained nothing in measurements. */
const LIST_WINDOW = 64;
const PULL_WINDOW = 16;

/** Most folders that are known of and not listed yet. */
const MOST_FOLDERS = 1_000_000;

/** Failures after which nothing else would succeed either. */
const ENDS_ALL: ReadonlySet<string> = new Set([ADB_FAILURES.gone, ADB_FAILURES.protocol]);

/** Most that `ls` may say of a folder in doubt. */
const MOST_LS_BYTES = 1024 * 1024;

/**
 * Files on a phone, through its file service. Paths are absolute; bytes in them that are not UTF-8 are lone surrogates (the
 * kernel's `decodeName`).
 *
 * Every call is a stream of its own, so calls do not disturb each other and a large file is best read by its own call. An
 * abort ends it at once. All may fail with `adb/gone`, `adb/stalled` and `adb/protocol`.
 */
export class RemoteFiles {
  readonly #transport: AdbTransport;
  readonly #patience: Patience;

  constructor(
    transport: AdbTransport,
    { clock = systemClock, stallAfter = STALL_AFTER }: RemoteFilesOptions = {},
  ) {
    this.#transport = transport;
    this.#patience = { clock, stallAfter };
  }

  /** Looks at the paths, in that order, many requests on their way at a time; a link is looked at itself. */
  stat(paths: Iterable<string>, signal?: AbortSignal): AsyncIterable<Looked & { readonly path: string }> {
    return statFiles({ ...this.#common(signal), window: LIST_WINDOW, next: nextOf(paths) });
  }

  /**
   * Every folder below `root`, it first, then level by level; links are not followed. A folder that cannot be listed comes with
   * its problem. Where the phone's answer would be the same for an empty folder, a missing one and one that is closed to us,
   * it is asked which.
   */
  async *walk(root: string, signal?: AbortSignal): AsyncGenerator<ListedFolder, void, undefined> {
    const folders: string[] = [root];
    let at = 0;
    const next = (): string | undefined => (at < folders.length ? folders[at++] : undefined);
    for await (const listed of this.listMany(next, signal)) {
      for (const entry of listed.entries) {
        if (entry.kind === 'found' && isFolder(entry.stat.mode)) folders.push(below(listed.path, entry.name));
      }
      if (folders.length - at > MOST_FOLDERS) throw protocolViolation('folders without end');
      yield listed;
    }
  }

  /**
   * The folders that `next` gives, in that order, many requests on their way at a time; each settled as by `walk`. `next` is
   * asked ahead, and again after each folder that was given; all is over when it has none and nothing is on its way.
   */
  async *listMany(
    next: () => string | undefined,
    signal?: AbortSignal,
  ): AsyncGenerator<ListedFolder, void, undefined> {
    for await (const listed of listFolders({ ...this.#common(signal), window: LIST_WINDOW, next })) {
      yield listed.isCertain ? listed : await this.#settle(listed, signal);
    }
  }

  /** One folder. */
  async list(path: string, signal?: AbortSignal): Promise<ListedFolder> {
    for await (const listed of listFolders({ ...this.#common(signal), window: 1, next: nextOf([path]) })) {
      return listed.isCertain ? listed : await this.#settle(listed, signal);
    }
    throw protocolViolation('no answer');
  }

  /**
   * The bytes of a file, as many as the phone gave: one that shrinks meanwhile ends early and without complaint, so look at
   * it before and after. Fails with `adb/refused-file` and `adb/path-too-long`.
   */
  pull(path: string, signal?: AbortSignal): ByteSource {
    return pullFile(path, this.#common(signal));
  }

  /** The files, in that order, many requests on their way at a time; for small ones. */
  pullMany(paths: Iterable<string>, signal?: AbortSignal): AsyncIterable<Pulled> {
    return pullFiles({ ...this.#common(signal), window: PULL_WINDOW, next: nextOf(paths) });
  }

  /** Reads small files for many callers at once; to be disposed. */
  fetcher(): Fetcher {
    return new Fetcher(this.#transport, this.#patience);
  }

  /** Reads large files, with a look before and after; to be disposed. */
  fileStreams(): FileStreams {
    return new FileStreams(this.#transport, this.#patience);
  }

  /**
   * Writes a file, and the folders above it where they are missing; one that is there is replaced. Fails with
   * `adb/refused-file` (`details.errno`) and `adb/path-too-long`; the phone then keeps nothing of it. Read it back: that it
   * was taken does not say that it is right.
   */
  push(path: string, content: ByteSource, traits: PushedTraits, signal?: AbortSignal): Promise<void> {
    return pushFile(path, content, traits, this.#common(signal));
  }

  /** Whether a folder that listed nothing is empty, or why it listed nothing. That this cannot be told is a problem of that folder alone. */
  async #settle(listed: ListedFolder, signal: AbortSignal | undefined): Promise<ListedFolder> {
    try {
      return await this.#lookInto(listed, signal);
    } catch (error) {
      if (signal?.aborted === true || !isFailure(error) || ENDS_ALL.has(error.code)) throw error;
      return { ...listed, problem: { errno: 'unknown', said: error.message } };
    }
  }

  async #lookInto(listed: ListedFolder, signal: AbortSignal | undefined): Promise<ListedFolder> {
    const { exitCode, stdout, stderr } = await runShell(
      this.#transport,
      ['ls', '-a', '--', folderPath(listed.path)],
      {
        ...this.#patience,
        mostBytes: MOST_LS_BYTES,
        ...(signal && { signal }),
      },
    );
    const said = decodeName(stderr.length > 0 ? stderr : stdout).trim();
    if (exitCode === 0 && stderr.length === 0) {
      if (/^(\.\n)?(\.\.\n)?$/.test(decodeName(stdout))) return { ...listed, isCertain: true };
      return {
        ...listed,
        problem: { errno: 'unknown', said: 'its listing came back empty, although it holds something' },
      };
    }
    return { ...listed, isCertain: true, problem: problemSaid(said) };
  }

  #common(signal: AbortSignal | undefined): {
    transport: AdbTransport;
    patience: Patience;
    signal: AbortSignal | undefined;
  } {
    return { transport: this.#transport, patience: this.#patience, signal };
  }
}

/** The path of a name in a folder. */
const below = (folder: string, name: string): string => `${folder === '/' ? '' : folder}/${name}`;

/** With a slash at its end, a folder's path is not that of a link to it. */
const folderPath = (path: string): string => (path.endsWith('/') ? path : `${path}/`);

function nextOf(paths: Iterable<string>): () => string | undefined {
  const iterator = paths[Symbol.iterator]();
  return () => {
    const { done, value } = iterator.next();
    return done === true ? undefined : value;
  };
}

const SAID: readonly (readonly [text: string, errno: string])[] = [
  ['No such file or directory', 'ENOENT'],
  ['Permission denied', 'EACCES'],
  ['Operation not permitted', 'EPERM'],
  ['Not a directory', 'ENOTDIR'],
];

function problemSaid(said: string): RemoteProblem {
  return { errno: SAID.find(([text]) => said.endsWith(text))?.[1] ?? 'unknown', said };
}
