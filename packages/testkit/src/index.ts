/**
 * Fakes and generators that the tests of more than one package need.
 *
 * For test files only: nothing that ships may import it. It mocks nothing; each fake is a small working version of the
 * real thing.
 *
 * ```ts
 * const clock = fakeClock();
 * const result = retrying(attempt, { attempts: 2, clock, firstDelay });
 * await clock.whenSleeping(1);
 * clock.advance(firstDelay);
 * ```
 */
export { type AdbResult, type RealAdb, realAdb } from './adb.ts';
export { type FakeClock, fakeClock, hurriedClock } from './fake-clock.ts';
export { differences, lookAt, type Seen } from './folder-contents.ts';
export { type ResticOptions, type ResticResult, restic } from './restic.ts';
export { seededRandom } from './seeded-random.ts';
export { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';
