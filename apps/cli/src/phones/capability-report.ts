import type { Capability } from '@holdfast/contract';
import type { AndroidPhone } from '@holdfast/devices/android';
import { type BackUpEvent, freeBytes, repositoryPlace } from '@holdfast/home';
import type { Context } from '#context.ts';
import { shown } from '#output/screen.ts';
import { formatBytes, formatCount, roughly } from '#output/words.ts';

/** What USB 2 carries, and most phones have: bytes in a second. */
const BYTES_A_SECOND = 30_000_000;

/** What asking for an item costs besides its bytes, roughly: this is for a forecast that says "about". */
const SECONDS_AN_ITEM = 0.002;

/**
 * Prints what can be read of a phone and given back to it, before its backup begins: type by type, with what cannot and why, about how long it
 * will take, and whether there is room for it.
 */
export async function showCapabilities(
  { phone, report, types }: BackUpEvent & { kind: 'capabilities' },
  name: string,
  context: Context,
): Promise<void> {
  const { screen } = context;
  const chosen = report.types.filter(({ type }) => types.includes(type));
  await screen.text(screen.style('bold', shown(name)));
  for (const row of chosen) await screen.result({ type: 'capability', ...lineOf(row, phone) }, describe(row));
  const notes = new Set(chosen.flatMap((row) => notesOf(row)));
  for (const sentence of notes) await screen.text(`  ${sentence}`);
  await screen.text(`${await forecast(chosen, context)}\n`);
}

const lineOf = ({ type: itemType, ...row }: Capability, { device }: AndroidPhone) => ({
  itemType,
  device: device.id,
  ...row,
});

const READ = { yes: '', partly: ', not all of it', unknown: ', not known' } as const;
const GIVE_BACK = {
  yes: '',
  no: ', cannot be given back to this phone',
  unknown: ', giving back shows when it is done',
} as const;

function describe({ type, canRead, count, bytes, canGiveBack }: Capability): string {
  const name = `  ${type.padEnd(10)} `;
  if (canRead === 'no') return `${name}  cannot be read`;
  const size = bytes === undefined ? '' : `  ${formatBytes(bytes)}`;
  const amount = count === undefined ? '  not counted before' : `${formatCount(count).padStart(8)}${size}`;
  return `${name}${amount}${READ[canRead]}${GIVE_BACK[canGiveBack]}`;
}

/** What a person should know before: what is missing, not what is as it should be. */
function notesOf({ type, canRead, readNotes, canGiveBack, giveBackNotes }: Capability): string[] {
  const notes = [
    ...(canRead === 'yes' ? [] : readNotes),
    ...(canGiveBack === 'no' && canRead !== 'no' ? giveBackNotes : []),
  ];
  return notes.map(({ sentence }) => `${type}: ${sentence}`);
}

async function forecast(chosen: readonly Capability[], { host }: Context): Promise<string> {
  const bytes = chosen.reduce((sum, row) => sum + (row.bytes ?? 0), 0);
  const items = chosen.reduce((sum, row) => sum + (row.count ?? 0), 0);
  const seconds = bytes / BYTES_A_SECOND + items * SECONDS_AN_ITEM;
  const all = `In all about ${formatCount(items)} items, ${formatBytes(bytes)}; all of it anew would take ${roughly(seconds)}.`;
  const free = await freeBytes(repositoryPlace(host).path);
  if (free === undefined) return all;
  const room = `There are ${formatBytes(free)} free for backups`;
  if (bytes <= free) return `${all} ${room}.`;
  return `${all}\n${room}: if most of it is new, that is not enough. What fits is saved and stays saved; free some space, or choose with --types.`;
}
