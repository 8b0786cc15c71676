import type { JsonLineOf } from '@holdfast/contract';
import type { AndroidPhone, PhoneInSight } from '@holdfast/devices/android';
import { namesToldApart, type SeenPhone } from '@holdfast/home/phones';
import { plainText } from '@holdfast/kernel';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { type Screen, shown } from '#output/screen.ts';
import { formatBytes, plural } from '#output/words.ts';
import { openPhonesHere } from '#phones/open-phones.ts';
import type { DevicesGiven } from './table.ts';

/** Lists the phones in sight. */
export async function run(
  { record }: GivenOptions<DevicesGiven>,
  _words: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const { screen } = context;
  await using seen = await openPhonesHere(context, record);
  const open = seen.phones.flatMap((each) => (each.kind === 'open' ? [each.phone.device] : []));
  const names = await namesToldApart(context.host, open);
  for (const phone of seen.phones) await screen.result(deviceLine(phone), describe(phone, names, screen));
  if (seen.phones.length === 0)
    await screen.text('No phone is in sight.\n→ "holdfast help devices" says how to let one be seen.');
  else await screen.text(`\n${plural(seen.phones.length, 'phone')}`);
  return seen.phones.every(({ kind }) => kind === 'open') ? 0 : 3;
}

const ROUTES = {
  cable: 'by cable',
  network: 'over the network, through adb',
  direct: 'at its address',
} as const satisfies Record<PhoneInSight['route'], string>;

function describe(each: SeenPhone, names: ReadonlyMap<string, string>, screen: Screen): string {
  const { seen } = each;
  const way = `${shown(seen.address)}, ${ROUTES[seen.route]}`;
  if (each.kind === 'open') {
    const { device, facts } = each.phone;
    const android = facts.release.kind === 'value' ? `Android ${shown(facts.release.value)}` : 'Android';
    const room = spaceOf(each.phone);
    return [
      screen.style('bold', shown(names.get(device.id) ?? device.name)),
      `  ${way}`,
      `  ${android}${room === '' ? '' : `, ${room}`}`,
      `  Back it up: holdfast backup ${device.id}`,
    ].join('\n');
  }
  const { says, hint } = whatIsWrong(each);
  const name = seen.model === '' ? 'A phone' : shown(seen.model);
  return [screen.style('bold', name), `  ${way}`, `  ${screen.style('yellow', says)}`, `  → ${hint}`].join(
    '\n',
  );
}

function whatIsWrong(each: SeenPhone & { kind: 'unusable' }): { says: string; hint: string; code: string } {
  const { failure, seen } = each;
  if (failure === undefined) return { ...seen.state };
  return { says: plainText(failure.message, 200), hint: failure.hint ?? '', code: failure.code };
}

function spaceOf({ volumes }: AndroidPhone): string {
  return volumes
    .flatMap(({ id, space }) =>
      space.kind === 'value'
        ? [
            `${id === 'internal' ? 'storage' : `card ${shown(id)}`} ${formatBytes(space.value.totalBytes - space.value.freeBytes)} used of ${formatBytes(space.value.totalBytes)}`,
          ]
        : [],
    )
    .join(', ');
}

function deviceLine(each: SeenPhone): JsonLineOf<'device'> {
  const { address, route, model } = each.seen;
  const common = { type: 'device', address, route, model } as const;
  if (each.kind === 'unusable') {
    const { says, hint, code } = whatIsWrong(each);
    return { ...common, state: { code, says, hint } };
  }
  const { device, facts } = each.phone;
  const android = facts.release.kind === 'value' ? { android: facts.release.value } : {};
  return {
    ...common,
    device: { ...device },
    ...android,
    state: { code: 'ready', says: each.seen.state.says, hint: '' },
  };
}
