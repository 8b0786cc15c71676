import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  type IndexedRepository,
  listSnapshots,
  loadIndex,
  type OpenRepository,
  type PruneLimits,
  type PrunePlan,
  planPrune,
  prune,
  removeSnapshot,
} from '@holdfast/repository';
import { CHEAP_PASSWORD, cheapRepository } from '@holdfast/repository/testing';
import { formatConfig, NONCE_LENGTH } from '@holdfast/restic-format';
import { CONFIG, LocalStore, MemoryStore, type Store } from '@holdfast/store';
import { fakeClock, restic, seededRandom, temporaryFolder } from '@holdfast/testkit';
import { loadSample, replaceFile, type Sample, saveSample } from '@holdfast/testkit/repository';
import fc from 'fast-check';

/** Blobs of the samples are at most half of it, as real ones are of real packs. */
const PACK_BYTES = 8192;

/** A repository's past, and what is asked of a prune. */
interface Past {
  readonly seed: number;
  /** `upgraded`: it was of version 1 when all this happened. */
  readonly version: 1 | 2 | 'upgraded';
  readonly days: readonly (readonly BlobPlan[])[];
  /** Days that were saved by two programs at once, so that their blobs are there twice. */
  readonly twice: readonly boolean[];
  readonly forgotten: readonly boolean[];
  readonly threads: number;
  readonly limits: PruneLimits;
}

/** A file of one blob: the same `content` is the same bytes. */
interface BlobPlan {
  readonly content: number;
  readonly bytes: number;
  readonly isRandom: boolean;
}

const blobPlan: fc.Arbitrary<BlobPlan> = fc.record({
  content: fc.nat(5),
  bytes: fc.integer({ min: 1, max: PACK_BYTES / 2 - 100 }),
  isRandom: fc.boolean(),
});

const maxUnused: fc.Arbitrary<NonNullable<PruneLimits['maxUnused']>> = fc.oneof(
  fc.record({ bytes: fc.nat(20_000) }),
  fc.constant('unlimited' as const),
  fc.record({ percent: fc.nat(99) }),
);

const pasts: fc.Arbitrary<Past> = fc
  .record({
    seed: fc.nat(),
    version: fc.constantFrom<Past['version'][]>(1, 2, 'upgraded'),
    days: fc.array(fc.array(blobPlan, { maxLength: 6 }), { minLength: 1, maxLength: 8 }),
    twice: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    forgotten: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    threads: fc.constantFrom(0, 0, 0, 2),
    limits: fc.record({ maxUnused, repackUncompressed: fc.boolean() }),
  })
  .map(({ limits, ...past }) => ({
    ...past,
    limits: { ...limits, repackUncompressed: limits.repackUncompressed && past.version !== 1 },
  }))
  // What a percentage allows shrinks with a repository that is compressed: the next prune may well find more.
  .filter(({ version, limits }) => version !== 'upgraded' || !JSON.stringify(limits).includes('percent'));

const load = (opened: OpenRepository, threads = 0): Promise<IndexedRepository> =>
  loadIndex(opened, { threads, packBytes: PACK_BYTES });

/** Makes what happened happen. */
async function relive(past: Past, store: Store): Promise<OpenRepository> {
  const { seed, version, days, twice, forgotten } = past;
  const random = seededRandom(seed);
  const first = version === 'upgraded' ? 1 : version;
  const opened = await cheapRepository(store, { clock: fakeClock(), random, version: first });
  for (const [day, files] of days.entries()) {
    await using one = await load(opened);
    await using other = await load(opened);
    const sample: Sample = Object.fromEntries(files.map((plan, at) => [`f${at}`, contentOf(plan)]));
    await saveSample(one, { ...sample, [`only${day}`]: `on day ${day}` });
    if (twice[day] === true) await saveSample(other, { folder: sample });
  }
  for (const [at, { id }] of (await listSnapshots(opened)).entries.entries())
    if (forgotten[at % forgotten.length] === true) await removeSnapshot(opened, id);
  if (version !== 'upgraded') return opened;
  const config = { ...opened.config, version: 2 } as const;
  await replaceFile(store, CONFIG, opened.sealer.seal(formatConfig(config), random(NONCE_LENGTH)));
  return { ...opened, config };
}

const contentOf = ({ content, bytes, isRandom }: BlobPlan): Uint8Array =>
  isRandom ? seededRandom(content)(bytes) : new Uint8Array(bytes).fill(content);

const todo = ({ rewrite, remove, removeUnlisted, dropMissing }: PrunePlan): readonly unknown[] => [
  ...rewrite,
  ...remove,
  ...removeUnlisted,
  ...dropMissing,
];

async function pruneOnce(opened: OpenRepository, { threads, limits }: Past): Promise<void> {
  await using repository = await load(opened, threads);
  await Array.fromAsync(prune(repository, await planPrune(repository, limits)));
}

async function assertSettled(opened: OpenRepository, { limits }: Past): Promise<void> {
  await using repository = await load(opened);
  assert.deepEqual(todo(await planPrune(repository, limits)), []);
  for (const { id } of (await listSnapshots(opened)).entries) await loadSample(repository, id);
}

suite('prune, twice', () => {
  test('it has nothing left to do once its plan is carried out', async () => {
    const property = fc.asyncProperty(pasts, async (past) => {
      const opened = await relive(past, new MemoryStore());
      await pruneOnce(opened, past);
      await assertSettled(opened, past);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  for (const version of [1, 2, 'upgraded'] as const) {
    test(`it leaves what restic accepts and would not prune either (version ${version})`, async () => {
      await using folder = await temporaryFolder();
      const days = [1, 2, 3, 4, 5, 6].map((day) => [
        { content: day, bytes: 3000, isRandom: true },
        { content: day % 2, bytes: 2000, isRandom: false },
      ]);
      const past: Past = {
        seed: 1,
        version,
        days,
        twice: days.map((_, day) => day === 2),
        forgotten: days.map((_, day) => day < 2),
        threads: 0,
        limits: { maxUnused: { bytes: 0 }, repackUncompressed: version !== 1 },
      };
      const opened = await relive(past, new LocalStore(folder.path));
      await pruneOnce(opened, past);
      await assertSettled(opened, past);
      const options = { repository: folder.path, password: CHEAP_PASSWORD };
      const checked = await restic(['check', '--read-data'], options);
      assert.equal(checked.status, 0, checked.stderr);
      const limits = ['--max-unused', '0', ...(version === 1 ? [] : ['--repack-uncompressed'])];
      const dry = await restic(['prune', '--dry-run', ...limits], options);
      assert.equal(dry.status, 0, dry.stderr);
      assert.match(dry.stdout, /to repack: +0 blobs/);
      assert.match(dry.stdout, /to delete: +0 blobs/);
    });
  }
});
