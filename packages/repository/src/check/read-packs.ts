import { isFailure, mapOrdered } from '@holdfast/kernel';
import type { BlobEntry, Id } from '@holdfast/restic-format';
import type { IndexedRepository } from '../load-index.ts';
import type { JobOutput } from '../workers/jobs.ts';
import { sharedMemory } from '../workers/shared-memory.ts';
import type { PackFinding } from './finding.ts';

/** A pack to be read whole. */
export interface PackToRead {
  readonly pack: Id;
  readonly sizeBytes: number;
  /** By the index, in the order they lie there. Made when it is the pack's turn. */
  entries(): BlobEntry[];
}

/** What reading a pack showed. */
export interface PackRead {
  readonly pack: Id;
  readonly sizeBytes: number;
  readonly findings: readonly PackFinding[];
}

/** Packs under way for each thread: one being opened, one ready, one being read. */
const PACKS_PER_THREAD = 3;

/** Memory is taken in whole mebibytes, so that a piece serves packs of nearly its length. */
const MEBIBYTE = 1024 * 1024;

type Verdict = JobOutput<'checkPack'>;

/** Reads packs whole and opens every blob in them; keeps the memory they are read into. */
export class PackReader {
  readonly #repository: IndexedRepository;
  readonly #memory: Uint8Array[] = [];

  constructor(repository: IndexedRepository) {
    this.#repository = repository;
  }

  /** What each pack holds, in the order given. */
  async *read(packs: Iterable<PackToRead>, signal?: AbortSignal): AsyncGenerator<PackRead, void, undefined> {
    const atATime = Math.max(1, this.#repository.pool.size) * PACKS_PER_THREAD;
    yield* mapOrdered(packs, atATime, (pack, stop) => this.#check(pack, stop), signal);
  }

  async #check(toRead: PackToRead, signal: AbortSignal): Promise<PackRead> {
    const { pack, sizeBytes } = toRead;
    const entries = toRead.entries();
    const into = this.#take(sizeBytes);
    try {
      let findings = await this.#findings(pack, entries, into, 'cache', signal);
      if (findings.length > 0) {
        // Damage on the medium stays; what came from a cable or from this computer's memory is gone the second time.
        const again = await this.#findings(pack, entries, into, 'device', signal);
        findings = again.length > 0 ? again : [{ kind: 'pack-unsteady', pack }];
      }
      return { pack, sizeBytes, findings };
    } finally {
      this.#memory.push(into);
    }
  }

  async #findings(
    pack: Id,
    entries: readonly BlobEntry[],
    into: Uint8Array,
    from: 'cache' | 'device',
    signal: AbortSignal,
  ): Promise<PackFinding[]> {
    const { store, pool } = this.#repository;
    try {
      const { bytes } = await store.readBack({ kind: 'pack', name: pack }, { from, into, signal });
      const verdict = await pool.run(pool.idlest, 'checkPack', { id: pack, bytes, entries });
      return findingsOf(pack, entries.length, verdict);
    } catch (error) {
      if (!isFailure(error) || !error.code.startsWith('store/') || error.code === 'store/absent') throw error;
      return [{ kind: 'pack-unreadable', pack, reason: error.message }];
    }
  }

  #take(sizeBytes: number): Uint8Array {
    const at = this.#memory.findIndex((memory) => memory.length >= sizeBytes);
    const [found] = at < 0 ? [] : this.#memory.splice(at, 1);
    if (found !== undefined) return found;
    // What is too small is let go: packs of a repository are mostly of one size, so larger ones will come again.
    this.#memory.pop();
    return sharedMemory(Math.ceil(sizeBytes / MEBIBYTE + 1) * MEBIBYTE);
  }
}

/** The name is wrong whenever anything is: it is only worth telling when nothing else is. */
function findingsOf(pack: Id, of: number, { isNameRight, header, problems }: Verdict): PackFinding[] {
  const findings: PackFinding[] = [];
  if (problems.length > 0) findings.push({ kind: 'blobs-damaged', pack, blobs: problems, of });
  if (header === 'differs' || (header === 'unreadable' && problems.length === 0)) {
    findings.push({ kind: 'header-damaged', pack, problem: header });
  }
  if (findings.length === 0 && !isNameRight) findings.push({ kind: 'pack-misnamed', pack });
  return findings;
}
