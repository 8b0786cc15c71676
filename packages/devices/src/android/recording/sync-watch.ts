import {
  decodeEntry1,
  decodeEntry2,
  decodeStat1,
  decodeStat2,
  decodeSyncHeader,
  ENTRY_BYTES,
  ENTRY2_BYTES,
  STAT_BYTES,
  STAT2_BYTES,
  SYNC,
  SYNC_HEADER_BYTES,
} from '@holdfast/adb/wire';
import { decodeName } from '@holdfast/kernel';
import type { Mask } from './masking/mask.ts';
import { Pieces } from './pieces.ts';
import { rounded } from './rounded.ts';
import type { RequestSummary, SyncLine, VolumeEntry } from './transcript.ts';

/** Where volumes are, whose names say how a phone is made. */
const STORAGE = '/storage';

/** Texts of refusals that are told apart, and entries of the folder of volumes that are kept. */
const MOST_KEPT = 50;

/** Longer than any name or text of the protocol that is believed. */
const MOST_TEXT_BYTES = 64 * 1024;

/** Requests whose answers are awaited, by what they begin with. */
const REQUESTS: ReadonlyMap<number, string> = new Map([
  [SYNC.stat, 'STAT'],
  [SYNC.stat2, 'STA2'],
  [SYNC.lstat2, 'LST2'],
  [SYNC.list, 'LIST'],
  [SYNC.list2, 'LIS2'],
  [SYNC.receive, 'RECV'],
  [SYNC.receive2, 'RCV2'],
  [SYNC.send, 'SEND'],
  [SYNC.send2, 'SND2'],
]);

/** Bytes that follow some requests. */
const SECOND_HALVES: ReadonlyMap<number, number> = new Map([
  [SYNC.receive2, 8],
  [SYNC.send2, 12],
]);

interface Request {
  readonly name: string;
  readonly isOfStorage: boolean;
}

interface Count {
  count: number;
  entries: number;
  bytes: number;
  readonly errors: Map<string, number>;
  readonly refusals: Map<string, number>;
}

/** Listens to one conversation with the file service and counts what is asked and answered; contents and paths it lets go. */
export class SyncWatch {
  readonly #asked = new Pieces();
  readonly #answered = new Pieces();
  readonly #awaited: Request[] = [];
  readonly #counts = new Map<string, Count>();
  readonly #volumes: VolumeEntry[] = [];
  #hasVolumes = false;
  #skipAsked = 0;
  #skipAnswered = 0;
  #isLost = false;

  wrote(bytes: Uint8Array): void {
    this.#skipAsked = this.#take(this.#asked, bytes, this.#skipAsked, () => this.#request());
  }

  read(bytes: Uint8Array): void {
    this.#skipAnswered = this.#take(this.#answered, bytes, this.#skipAnswered, () => this.#answer());
  }

  /** What was said, masked. */
  told(mask: Mask): Pick<SyncLine, 'type' | 'requests' | 'volumes' | 'isCutShort'> {
    const volumes = this.#volumes.map((entry) => ({ ...entry, name: mask.path(entry.name) }));
    return {
      type: 'sync',
      requests: Object.fromEntries([...this.#counts].map(([name, count]) => [name, summaryOf(count, mask)])),
      ...(this.#hasVolumes && { volumes }),
      ...(this.#isLost && { isCutShort: true as const }),
    };
  }

  /**
   * Takes message after message; `next` gives how many bytes follow that are not looked at, or `undefined` as long as its message is
   * not all there. Gives how many are still to be passed over.
   */
  #take(pieces: Pieces, bytes: Uint8Array, skip: number, next: () => number | undefined): number {
    if (this.#isLost) return 0;
    const passed = Math.min(skip, bytes.length);
    let left = skip - passed;
    pieces.put(bytes.subarray(passed));
    while (left === 0 && !this.#isLost) {
      const following = next();
      if (following === undefined) break;
      left = following - pieces.drop(following).length;
    }
    pieces.keep();
    return left;
  }

  #request(): number | undefined {
    const header = this.#asked.peek(SYNC_HEADER_BYTES);
    if (header === undefined) return undefined;
    const { id, value } = decodeSyncHeader(header);
    if (id === SYNC.data) {
      this.#asked.drop(SYNC_HEADER_BYTES);
      this.#count(this.#counts.has('SND2') ? 'SND2' : 'SEND').bytes += value;
      return value;
    }
    if (id === SYNC.done || id === SYNC.quit) {
      this.#asked.drop(SYNC_HEADER_BYTES);
      return 0;
    }
    const name = REQUESTS.get(id);
    if (name === undefined || value > MOST_TEXT_BYTES) return this.#lose();
    if (this.#asked.length < SYNC_HEADER_BYTES + value) return undefined;
    this.#asked.drop(SYNC_HEADER_BYTES);
    const path = decodeName(this.#asked.drop(value)).replace(/\/$/, '');
    const isOfStorage = path === STORAGE && (id === SYNC.list || id === SYNC.list2);
    if (isOfStorage) this.#hasVolumes = true;
    this.#awaited.push({ name, isOfStorage });
    this.#count(name).count += 1;
    return SECOND_HALVES.get(id) ?? 0;
  }

  #answer(): number | undefined {
    const start = this.#answered.peek(4);
    const request = this.#awaited[0];
    if (start === undefined) return undefined;
    if (request === undefined) return this.#lose();
    const id = decodeSyncHeader(Uint8Array.of(...start, 0, 0, 0, 0)).id;
    const count = this.#count(request.name);
    switch (id) {
      case SYNC.stat:
      case SYNC.stat2:
      case SYNC.lstat2:
        return this.#stat(id, count);
      case SYNC.entry:
      case SYNC.entry2:
        return this.#entry(id, count, request);
      case SYNC.fail:
        return this.#refusal(count);
      case SYNC.data:
      case SYNC.okay:
      case SYNC.done: {
        // The end of a listing is an entry without a name.
        const isListing = request.name === 'LIST' || request.name === 'LIS2';
        const length = !isListing ? SYNC_HEADER_BYTES : request.name === 'LIST' ? ENTRY_BYTES : ENTRY2_BYTES;
        const header = this.#answered.take(length);
        if (header === undefined) return undefined;
        const { value } = decodeSyncHeader(header.subarray(0, SYNC_HEADER_BYTES));
        if (id !== SYNC.data) this.#awaited.shift();
        else count.bytes += value;
        return id === SYNC.data ? value : 0;
      }
      default:
        return this.#lose();
    }
  }

  #stat(id: number, count: Count): number | undefined {
    const bytes = this.#answered.take(id === SYNC.stat ? STAT_BYTES : STAT2_BYTES);
    if (bytes === undefined) return undefined;
    const error = id === SYNC.stat ? (decodeStat1(bytes).mode === 0 ? -1 : 0) : decodeStat2(bytes).error;
    if (error !== 0) add(count.errors, error < 0 ? 'no answer' : String(error));
    this.#awaited.shift();
    return 0;
  }

  #entry(id: number, count: Count, { isOfStorage }: Request): number | undefined {
    const length = id === SYNC.entry ? ENTRY_BYTES : ENTRY2_BYTES;
    const bytes = this.#answered.peek(length);
    if (bytes === undefined) return undefined;
    const { stat, nameBytes } = id === SYNC.entry ? decodeEntry1(bytes) : decodeEntry2(bytes);
    if (nameBytes > MOST_TEXT_BYTES) return this.#lose();
    const error = 'error' in stat ? stat.error : 0;
    if (this.#answered.length < length + nameBytes) return undefined;
    this.#answered.drop(length);
    const name = this.#answered.drop(nameBytes);
    count.entries += 1;
    if (error !== 0) add(count.errors, String(error));
    if (isOfStorage && this.#volumes.length < MOST_KEPT)
      this.#volumes.push({ name: decodeName(name), mode: stat.mode, error });
    return 0;
  }

  #refusal(count: Count): number | undefined {
    const header = this.#answered.peek(SYNC_HEADER_BYTES);
    if (header === undefined) return undefined;
    const { value } = decodeSyncHeader(header);
    if (value > MOST_TEXT_BYTES) return this.#lose();
    if (this.#answered.length < SYNC_HEADER_BYTES + value) return undefined;
    this.#answered.drop(SYNC_HEADER_BYTES);
    const said = decodeName(this.#answered.drop(value));
    if (count.refusals.size < MOST_KEPT || count.refusals.has(said)) add(count.refusals, said);
    this.#awaited.shift();
    return 0;
  }

  #count(name: string): Count {
    const known = this.#counts.get(name);
    if (known !== undefined) return known;
    const count = { count: 0, entries: 0, bytes: 0, errors: new Map(), refusals: new Map() };
    this.#counts.set(name, count);
    return count;
  }

  #lose(): undefined {
    this.#isLost = true;
  }
}

function summaryOf({ count, entries, bytes, errors, refusals }: Count, mask: Mask): RequestSummary {
  const said = new Map<string, number>();
  for (const [text, times] of refusals) add(said, mask.report(text), times);
  return {
    count,
    ...(entries > 0 && { entries: rounded(entries) }),
    ...(bytes > 0 && { bytes: rounded(bytes) }),
    ...(errors.size > 0 && { errors: Object.fromEntries(errors) }),
    ...(said.size > 0 && { refusals: Object.fromEntries(said) }),
  };
}

const add = (counts: Map<string, number>, key: string, times = 1): void =>
  void counts.set(key, (counts.get(key) ?? 0) + times);
