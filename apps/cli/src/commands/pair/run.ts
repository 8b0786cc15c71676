import { pair } from '@holdfast/adb';
import type { PhoneAddress } from '@holdfast/devices/android';
import { adbKey, addressOf, listen, rememberPaired } from '@holdfast/home/phones';
import { Failure } from '@holdfast/kernel';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { CLI_FAILURES, usage } from '#failures.ts';
import { shown } from '#output/screen.ts';
import type { PairGiven } from './table.ts';

/** How long to look for a dialog: long enough to find the setting on the phone. */
const LOOK_FOR = Temporal.Duration.from({ minutes: 3 });

/** How long a phone takes to announce where it can be connected to, once it is paired. */
const SETTLE_WITHIN = Temporal.Duration.from({ seconds: 5 });

/** Pairs with a phone. */
export async function run(
  given: GivenOptions<PairGiven>,
  [word]: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const { world, screen } = context;
  const { clock, random, signal } = world;
  // Not after minutes of looking.
  if (given.code !== undefined) checkCode(given.code);
  const dialog = word === undefined ? await openDialog(context) : addressOf(word, 'HOST:PORT');
  const code = given.code ?? (await askCode(context));
  checkCode(code);
  const key = await adbKey(world);
  const guid = await pair({ ...dialog, code, key, clock, random, signal });
  let address: PhoneAddress | undefined;
  await listen(world, SETTLE_WITHIN, ({ kind, name, host, port }) => {
    if (kind === 'connect' && name === guid) address = { host, port };
    return address !== undefined;
  });
  // The port is not that of the dialog; the host is.
  await rememberPaired(world, { guid, ...(address ?? { host: dialog.host, port: 5555 }) });
  const where = address === undefined ? undefined : `${address.host}:${address.port}`;
  const found =
    where === undefined
      ? 'It has not said yet where it can be reached: leave wireless debugging on.'
      : `It can be reached at ${shown(where)}.`;
  await screen.result(
    { type: 'paired', guid, ...(where !== undefined && { address: where }) },
    `Paired with ${shown(guid)}. ${found}\n→ See it with "holdfast devices", back it up with "holdfast backup".`,
  );
  return 0;
}

function checkCode(code: string): void {
  if (!/^\d{6,}$/.test(code)) throw usage('A pairing code is the six digits that the phone shows.', 'pair');
}

async function openDialog({ world, screen }: Context): Promise<PhoneAddress> {
  screen.note(
    `Looking, for ${LOOK_FOR.total('minutes')} minutes, for a phone whose pairing dialog is open: Developer options, Wireless debugging, "Pair device with pairing code".`,
  );
  let found: PhoneAddress | undefined;
  await listen(world, LOOK_FOR, ({ kind, host, port }) => {
    if (kind === 'pairing') found = { host, port };
    return found !== undefined;
  });
  if (found !== undefined) {
    screen.note(`Found one at ${found.host}:${found.port}.`);
    return found;
  }
  throw new Failure(CLI_FAILURES.noPhone, 'No phone with an open pairing dialog was heard of', {
    hint: 'Check that both are in the same Wi-Fi, or give the address that the dialog shows: holdfast pair HOST:PORT.',
    retry: 'later',
  });
}

async function askCode({ world: { stdin, signal }, screen }: Context): Promise<string> {
  if (!stdin.isTTY || screen.isJson) throw usage('"pair" needs --code where nobody can be asked.', 'pair');
  const typed = await stdin.ask('The code that the phone shows: ', { isSecret: false, signal });
  return typed.replaceAll(/\s/g, '');
}
