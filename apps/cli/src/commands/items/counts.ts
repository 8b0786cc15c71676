import type { Alarm, Catalog, DeviceBalance } from '@holdfast/catalog';
import { ITEM_KINDS, ITEM_STATES, type JsonLineOf } from '@holdfast/contract';
import type { Context } from '#context.ts';
import type { ChosenDevice } from '#ledger/choose-device.ts';
import { balanceLine } from '#output/balance-line.ts';
import { type Screen, shown } from '#output/screen.ts';
import { formatCount, formatMoment, plural } from '#output/words.ts';

/** Prints how many items of a device are in each state, and by which command each count is listed. */
export async function printCounts(
  catalog: Catalog,
  { device, word }: ChosenDevice,
  { screen, world }: Context,
): Promise<void> {
  const balance = await catalog.balance(device.id);
  const alarms = await catalog.alarms(device.id);
  const [last] = await catalog.runs(device.id, 1);
  const { present, gone } = balance;
  const lines = [
    `${screen.style('bold', shown(device.name))} (${device.id})${last === undefined ? '' : `, last run ${formatMoment(last.began.epochNanoseconds, world.timeZone)}`}`,
    balanceLine(present),
    ...alarms.map((alarm) => alarmText(alarm, screen)),
    ...table(balance, word),
    ...(gone.found === 0
      ? []
      : [`  ${formatCount(gone.found)} no longer on the device  holdfast items${word} --gone`]),
  ];
  await screen.result(ledgerLine(device, balance, alarms), lines.join('\n'));
}

/** A line for each kind and state there is. */
function table({ byKind }: DeviceBalance, word: string): string[] {
  const rows = ITEM_KINDS.flatMap((kind) =>
    ITEM_STATES.flatMap((state) => {
      const count = byKind[kind]?.[state] ?? 0;
      return count === 0 ? [] : [{ kind, state, count: formatCount(count) }];
    }),
  );
  const width = Math.max(0, ...rows.map(({ count }) => count.length));
  return rows.map(
    ({ kind, state, count }) =>
      `  ${kind.padEnd(8)}  ${count.padStart(width)} ${state.padEnd(8)}  holdfast items${word} --kind ${kind} --state ${state}`,
  );
}

function alarmText({ kind, before, now }: Alarm, screen: Screen): string {
  const what = kind === 'all' ? 'item' : kind;
  const line = `Far fewer than before: ${plural(now, what)} now, ${formatCount(before)} before. Nothing was deleted in the backups.`;
  return screen.style('yellow', line);
}

function ledgerLine(
  { id, name, kind }: ChosenDevice['device'],
  { present, gone, byKind }: DeviceBalance,
  alarms: readonly Alarm[],
): JsonLineOf<'ledger'> {
  return {
    type: 'ledger',
    device: { id, name, kind },
    present,
    gone,
    byKind,
    alarms: alarms.map((alarm) => ({
      kind: alarm.kind,
      before: alarm.before,
      now: alarm.now,
      since: alarm.since.toString(),
    })),
  };
}
