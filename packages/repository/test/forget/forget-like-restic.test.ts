import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  type ForgetPolicy,
  formatDuration,
  listSnapshots,
  parseDuration,
  planForget,
  saveSnapshot,
} from '@holdfast/repository';
import { CHEAP_PASSWORD } from '@holdfast/repository/testing';
import { formatTime } from '@holdfast/restic-format';
import { LocalStore } from '@holdfast/store';
import { restic, seededRandom, temporaryFolder } from '@holdfast/testkit';
import { fresh } from '../../test-setup/fresh.ts';

const HOSTS = 6;
const SNAPSHOTS_EACH = 18;
const POLICIES = 20;

const COUNTS = [
  ['keepLast', '--keep-last'],
  ['keepHourly', '--keep-hourly'],
  ['keepDaily', '--keep-daily'],
  ['keepWeekly', '--keep-weekly'],
  ['keepMonthly', '--keep-monthly'],
  ['keepYearly', '--keep-yearly'],
] as const;
const SPANS = [
  ['keepWithin', '--keep-within'],
  ['keepWithinHourly', '--keep-within-hourly'],
  ['keepWithinDaily', '--keep-within-daily'],
  ['keepWithinWeekly', '--keep-within-weekly'],
  ['keepWithinMonthly', '--keep-within-monthly'],
  ['keepWithinYearly', '--keep-within-yearly'],
] as const;
const LENGTHS = ['5h', '1d', '2d3h', '14d', '1m', '1m30d', '5m7d2h', '1y', '1y1m1d1h', '3y'];
const TAGS = [[], ['a'], ['b'], ['a', 'b']] as const;

/** Numbers below a limit, the same for the same seed. */
function dice(seed: number): (below: number) => number {
  const random = seededRandom(seed);
  return (below) => new DataView(random(4).buffer).getUint32(0) % below;
}

function policyFrom(roll: (below: number) => number): { policy: ForgetPolicy; args: string[] } {
  const policy: Record<string, unknown> = { keepLast: 1 };
  const args = ['--keep-last', '1'];
  for (const [field, flag] of COUNTS) {
    if (roll(3) > 0) continue;
    const count = 1 + roll(6);
    policy[field] = count;
    args.push(flag, `${count}`);
  }
  for (const [field, flag] of SPANS) {
    if (roll(4) > 0) continue;
    const text = LENGTHS[roll(LENGTHS.length)] ?? '1d';
    policy[field] = parseDuration(text);
    args.push(flag, formatDuration(parseDuration(text)));
  }
  if (roll(3) === 0) {
    policy['keepTags'] = [['a', 'b']];
    args.push('--keep-tag', 'a,b');
  }
  return { policy, args };
}

/** A group as restic 0.14 prints it; the reasons are in the order of what is kept. */
interface ResticGroup {
  readonly keep: readonly { readonly id: string }[];
  readonly reasons: readonly { readonly matches: readonly string[] }[];
}

/** Where a reason is not one restic 0.14 knows, the snapshot counts as not kept. */
const isOld = (reason: string): boolean => !reason.startsWith('oldest ');

suite('forget beside restic', () => {
  test('it keeps what restic keeps, for the same reasons', async () => {
    await using folder = await temporaryFolder();
    const repository = await fresh({ store: new LocalStore(folder.path) });
    const roll = dice(7);
    const newest = BigInt(Date.UTC(2024, 2, 31, 12)) * 1_000_000n;
    for (let n = 0; n < HOSTS * SNAPSHOTS_EACH; n++) {
      // Half of them close together, so that hours and days are shared; offsets of all kinds.
      const seconds = roll(2) === 0 ? roll(6 * 86_400) : roll(3 * 365 * 86_400);
      const offset = [0, 60, 120, -480, 330, 765][roll(6)] ?? 0;
      await saveSnapshot(repository, {
        time: formatTime(newest - BigInt(seconds) * 1_000_000_000n, offset),
        tree: '0'.repeat(64),
        paths: ['/data'],
        hostname: `host-${n % HOSTS}`,
        tags: [...(TAGS[roll(TAGS.length)] ?? [])],
      });
    }
    const { entries } = await listSnapshots(repository);
    for (let seed = 1; seed <= POLICIES; seed++) {
      const { policy, args } = policyFrom(dice(seed));
      const ours = planForget(entries, policy, Temporal.Now.instant()).groups.flatMap(({ keep }) =>
        keep.map(({ entry, reasons }) => [entry.id, ...reasons.filter(isOld)].join('; ')),
      );
      const options = { repository: folder.path, password: CHEAP_PASSWORD };
      const said = await restic(['forget', '--dry-run', '--no-lock', '--json', ...args], options);
      assert.equal(said.status, 0, said.stderr);
      const groups: ResticGroup[] = JSON.parse(said.stdout.split('\n')[0] ?? '');
      const theirs = groups.flatMap(({ keep, reasons }) =>
        keep.map(({ id }, at) => [id, ...(reasons[at]?.matches ?? [])].join('; ')),
      );
      assert.ok(theirs.length >= HOSTS && theirs.length <= entries.length);
      const kept = ours.filter((line) => line.includes(';'));
      assert.deepEqual(kept.toSorted(), theirs.toSorted(), args.join(' '));
    }
  });
});
