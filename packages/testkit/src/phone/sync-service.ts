import {
  decodeSyncHeader,
  encodeStat1,
  encodeStat2,
  encodeSyncHeader,
  encodeSyncMessage,
  MOST_DATA_BYTES,
  MOST_PATH_BYTES,
  MOST_PAYLOAD_BYTES,
  type Stat2,
  SYNC,
} from '@holdfast/adb/wire';
import { concatBytes, decodeName, encodeName } from '@holdfast/kernel';
import { contentBytes, readContent } from './content.ts';
import type { DeviceStream } from './device-link.ts';
import { folderIn, refusalOf } from './storage-entries.ts';
import { nodeAt, type PhoneFile, type PhoneFolder, statOf } from './tree.ts';

/** What a request came to: the stream goes on, or the phone ends it. */
type Outcome = 'goes-on' | 'over';

const DEFAULT_MODE = 0o660;

/** Between the file service and the link a phone has a socket, which holds so much (AOSP adb `services.cpp`, `create_service_thread`). */
const HELD_BYTES = 4 * 1024 * 1024;

/** The file service of a phone (AOSP adb `file_sync_service.cpp`), until the host quits or something fails. */
export async function serveSync(stream: DeviceStream, root: PhoneFolder): Promise<void> {
  const session = new SyncSession(stream, root);
  while ((await session.answerOne()) === 'goes-on');
  await session.allSent();
}

class SyncSession {
  readonly #stream: DeviceStream;
  readonly #root: PhoneFolder;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #taken = Promise.withResolvers<void>();
  #sending: Promise<void> | undefined;

  constructor(stream: DeviceStream, root: PhoneFolder) {
    this.#stream = stream;
    this.#root = root;
  }

  async answerOne(): Promise<Outcome> {
    const header = await this.#stream.intake.take(8);
    if (header === undefined || this.#stream.isOver) return 'over';
    const { id, value } = decodeSyncHeader(header);
    if (id === SYNC.quit) return 'over';
    if (value > MOST_PATH_BYTES) return this.#fail('path too long');
    const path = decodeName((await this.#stream.intake.take(value)) ?? new Uint8Array(0));
    switch (id) {
      case SYNC.stat:
        return this.#send(encodeStat1(SYNC.stat, narrow(statOf(nodeAt(this.#root, path)))));
      case SYNC.stat2:
        return this.#send(encodeStat2(id, statOf(nodeAt(this.#root, path, { follow: true }))));
      case SYNC.lstat2:
        return this.#send(encodeStat2(id, statOf(nodeAt(this.#root, path))));
      case SYNC.list:
      case SYNC.list2:
        return this.#list(path, id === SYNC.list2);
      case SYNC.receive:
        return this.#give(path);
      case SYNC.receive2:
        await this.#stream.intake.take(8);
        return this.#give(path);
      case SYNC.send:
        return this.#accept(
          path.slice(0, path.lastIndexOf(',')),
          Number(path.slice(path.lastIndexOf(',') + 1)),
        );
      case SYNC.send2: {
        const setup = await this.#stream.intake.take(12);
        return this.#accept(
          path,
          setup === undefined ? 0 : new DataView(setup.slice().buffer).getUint32(4, true),
        );
      }
      default:
        return this.#fail('unknown command');
    }
  }

  async #list(path: string, isVersion2: boolean): Promise<Outcome> {
    const folder = nodeAt(this.#root, path, { follow: true });
    const parts: Uint8Array[] = [];
    if (folder?.kind === 'folder' && folder.listing === undefined) {
      const rows = [['.', folder], ['..', folder], ...folder.entries] as const;
      for (const [name, node] of rows) parts.push(entry(name, statOf(node), isVersion2));
    }
    // The end is as long as an entry, and all zeros but its own name.
    parts.push(encodeSyncHeader(SYNC.done, 0), new Uint8Array(isVersion2 ? 68 : 12));
    return this.#send(concatBytes(parts));
  }

  async #give(path: string): Promise<Outcome> {
    const node = nodeAt(this.#root, path, { follow: true });
    if (node === undefined) return this.#fail('open failed: No such file or directory');
    if (node.kind !== 'file') return this.#fail('read failed: Is a directory');
    if (node.refusal !== undefined) return this.#fail(node.refusal);
    const { content, failAfterBytes = Infinity } = node;
    for await (const piece of readContent(content, failAfterBytes)) {
      for (let at = 0; at < piece.length && !this.#stream.isOver; at += MOST_DATA_BYTES) {
        const part = piece.subarray(at, at + MOST_DATA_BYTES);
        await this.#send(encodeSyncHeader(SYNC.data, part.length), part);
      }
      if (this.#stream.isOver) return 'over';
    }
    if (failAfterBytes < contentBytes(content)) return this.#fail('read failed: I/O error');
    return this.#send(encodeSyncHeader(SYNC.done, 0));
  }

  async #accept(path: string, mode: number): Promise<Outcome> {
    const parent = this.#parentOf(path);
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (parent === undefined) return this.#fail("couldn't create file: Not a directory");
    const there = parent.entries.get(name);
    if (there?.kind === 'folder') return this.#fail("couldn't create file: Is a directory");
    const refusal = there?.kind === 'file' ? there.refusal : undefined;
    const { room = { bytes: Infinity } } = this.#root;
    if (there?.kind === 'file') room.bytes += contentBytes(there.content);
    parent.entries.delete(name);
    const parts: Uint8Array[] = [];
    let heldBytes = 0;
    for (;;) {
      const header = await this.#stream.intake.take(8);
      if (header === undefined) return 'over';
      const { id, value } = decodeSyncHeader(header);
      if (id === SYNC.done) {
        const file: PhoneFile = {
          kind: 'file',
          content: concatBytes(parts),
          mode: widened(mode),
          mtime: value,
        };
        parent.entries.set(name, file);
        room.bytes -= heldBytes;
        return this.#send(encodeSyncHeader(SYNC.okay, 0));
      }
      if (id !== SYNC.data || value > MOST_DATA_BYTES) return this.#fail('invalid data message');
      const piece = await this.#stream.intake.take(value);
      if (piece === undefined) return 'over';
      heldBytes += piece.length;
      const said = refusalOf(parent, name, heldBytes) ?? refusal;
      if (said !== undefined) return this.#fail(said);
      if (heldBytes > room.bytes) return this.#fail('write failed: No space left on device');
      parts.push(piece.slice());
    }
  }

  /** The folder for a new file, made with those above it. */
  #parentOf(path: string): PhoneFolder | undefined {
    const way = path.slice(0, path.lastIndexOf('/'));
    const there = nodeAt(this.#root, way, { follow: true });
    if (there !== undefined) return there.kind === 'folder' ? there : undefined;
    const above = this.#parentOf(way);
    if (above === undefined) return undefined;
    const made = folderIn(above);
    above.entries.set(way.slice(way.lastIndexOf('/') + 1), made);
    return made;
  }

  async #send(...parts: readonly Uint8Array[]): Promise<Outcome> {
    while (this.#heldBytes >= HELD_BYTES) await this.#taken.promise;
    for (const part of parts) {
      this.#held.push(part);
      this.#heldBytes += part.length;
    }
    this.#sending ??= this.#sendHeld();
    return 'goes-on';
  }

  async #fail(reason: string): Promise<Outcome> {
    await this.#send(encodeSyncMessage(SYNC.fail, encodeName(reason)));
    return 'over';
  }

  /** A first answer goes out at once; those that come while the host has no room for them go out together. */
  async #sendHeld(): Promise<void> {
    while (this.#heldBytes > 0) {
      await this.#stream.room();
      const bytes = this.#takePacket();
      this.#taken.resolve();
      this.#taken = Promise.withResolvers();
      await this.#stream.write(bytes);
    }
    this.#sending = undefined;
  }

  #takePacket(): Uint8Array {
    let count = 0;
    let length = 0;
    for (const part of this.#held) {
      if (count > 0 && length + part.length > MOST_PAYLOAD_BYTES) break;
      count += 1;
      length += part.length;
    }
    this.#heldBytes -= length;
    return concatBytes(this.#held.splice(0, count));
  }

  async allSent(): Promise<void> {
    await this.#sending;
  }
}

function entry(name: string, stat: Stat2, isVersion2: boolean): Uint8Array {
  const bytes = encodeName(name);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length, true);
  const facts = isVersion2 ? encodeStat2(SYNC.entry2, stat) : encodeStat1(SYNC.entry, narrow(stat));
  return concatBytes([facts, length, bytes]);
}

const narrow = ({ mode, size, mtime }: Stat2): { mode: number; size: number; mtime: number } => ({
  mode,
  size: Number(size & 0xffffffffn),
  mtime: Number(mtime),
});

/** Group and others get what the owner has. */
function widened(mode: number): number {
  const owner = (mode >> 6) & 7;
  return owner === 0 ? DEFAULT_MODE : (owner << 6) | (owner << 3) | owner;
}
