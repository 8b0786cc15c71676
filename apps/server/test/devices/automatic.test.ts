import { equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Rules, Run } from '@holdfast/contract/api';
import { fakeClock } from '@holdfast/testkit';
import { decideFor } from '#devices/automatic.ts';

const RULES = { isOn: true, onlyCharging: false } as Rules;
const A_YEAR = Temporal.Duration.from({ hours: 365 * 24 });

/** A phone in sight since now, a backup of it whenever that is due, and how many there were after so many looks. */
async function looked(
  noted: 'ledger' | 'runs',
  turn: (clock: ReturnType<typeof fakeClock>) => void,
): Promise<number> {
  const clock = fakeClock();
  const since = clock.now();
  const began: Temporal.Instant[] = [];
  let backups = 0;
  for (let look = 0; look < 100; look++) {
    clock.advance(Temporal.Duration.from({ seconds: 3 }));
    if (look === 20) turn(clock);
    const past = began.toSorted((a, b) => Temporal.Instant.compare(b, a)).slice(0, 50);
    const { kind } = await decideFor(
      { id: 'a', since },
      {
        host: { clock, timeZone: 'UTC' },
        catalog: {
          runs: async () =>
            (noted === 'ledger' ? past : []).map(
              (at) => ({ kind: 'backup', state: 'finished', began: at }) as never,
            ),
        },
        rulesOf: () => RULES,
        runsOf: () =>
          (noted === 'runs' ? began.toReversed() : []).map(
            (at) => ({ kind: 'backup', state: { kind: 'done' }, began: at.toString() }) as Run,
          ),
      },
    );
    if (kind !== 'start') continue;
    backups += 1;
    began.push(clock.now());
  }
  return backups;
}

suite('automatic backup', () => {
  for (const noted of ['ledger', 'runs'] as const) {
    test(`it is made once, by what the ${noted} say`, async () => {
      equal(await looked(noted, () => {}), 1);
    });

    test(`it is made once more after the clock was set back or on, by what the ${noted} say`, async () => {
      equal(await looked(noted, (clock) => clock.advance(A_YEAR.negated())), 2);
      equal(await looked(noted, (clock) => clock.advance(A_YEAR)), 2);
    });
  }
});
