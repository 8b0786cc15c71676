import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { differences, lookAt, restic, seededRandom, temporaryFolder } from '@holdfast/testkit';
import { holdfast, startHoldfast } from './process.ts';

/** The seed in `HOLDFAST_TEST_SEED`, to run the same again; otherwise a new one. */
export function chosenSeed(): number {
  const given = process.env['HOLDFAST_TEST_SEED'];
  if (given === undefined || given === '') return Date.now() % 2 ** 32;
  const seed = Number(given);
  assert.ok(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32, `HOLDFAST_TEST_SEED is no seed: ${given}`);
  return seed;
}

/** How often to kill, and what is run, in turn. */
export interface Killing {
  readonly times: number;
  readonly seed: number;
  readonly commands: readonly (readonly string[])[];
  readonly mostMs: number;
  readonly log: (line: string) => void;
}

/**
 * Kills runs over one repository at moments picked by the seed, until so many were killed; then a full run must leave all of
 * it whole. Runs that end before their moment do not count, and bring the next moments forward.
 */
export async function killOften({ times, seed, commands, mostMs, log }: Killing): Promise<void> {
  await using folder = await temporaryFolder();
  const from = `${folder.path}/from`;
  const home = `${folder.path}/home`;
  const options = { home };
  const random = seededRandom(seed);
  log(`to run the same again: HOLDFAST_TEST_SEED=${seed}`);
  mkdirSync(from);
  for (let at = 0; at < 40; at++) writeFileSync(`${from}/f${at}`, random(100_000));
  const whole = async (...words: string[]): Promise<void> => {
    const { status, stdout, stderr } = await holdfast(words, options);
    assert.equal(status, 0, `seed ${seed}: ${words.join(' ')}: ${stdout}${stderr}`);
  };
  const lastedMs = new Map<readonly string[], number>();
  for (let run = 0, kills = 0; kills < times; run++) {
    writeFileSync(`${from}/new${run % 10}`, random(400_000));
    const command = commands[run % commands.length] ?? [];
    const delayMs = new DataView(random(4).buffer).getUint32(0) % (lastedMs.get(command) ?? mostMs);
    const beganMs = performance.now();
    const words = command.map((word) => (word === 'FOLDER' ? from : word));
    const { child, ended } = startHoldfast(words, options);
    await Promise.race([ended, wait(delayMs)]);
    child.kill('SIGKILL');
    await ended;
    const killed = child.signalCode === 'SIGKILL';
    if (killed) kills += 1;
    else lastedMs.set(command, Math.ceil(performance.now() - beganMs));
    log(`seed ${seed}, run ${run}: ${command[0]} ${killed ? 'killed' : 'over'} after ${delayMs} ms`);
  }
  await whole('backup', from);
  await whole('check', '--read-data');
  await whole('restore', 'latest:/files/from', '--to', `${folder.path}/to`);
  assert.deepEqual(differences(lookAt(from), lookAt(`${folder.path}/to/from`)), []);
  const password = readFileSync(`${home}/password`, 'utf8').trim();
  const checked = await restic(['check', '--read-data'], { repository: `${home}/repository`, password });
  assert.equal(checked.status, 0, checked.stderr);
}
