import type { Catalog } from '@holdfast/catalog';
import type { AndroidPhone } from '@holdfast/devices/android';
import {
  type ApplyOptions,
  applyFix,
  examine,
  factOf,
  type KeptFix,
  type Moved,
  type PhotosFacts,
  type Plan,
  PROBES,
  type ProbeName,
  parseJournal,
  type Rescue,
  standingOf,
  undoFix,
} from '@holdfast/doctor';
import { auditHere, type ChosenSource, claimPhone, type Host, journalsIn } from '@holdfast/home';
import { phoneSource } from '@holdfast/home/phones';
import { Failure, toHex } from '@holdfast/kernel';
import { SERVER_FAILURES } from '../failures.ts';
import { formatCount } from '../words.ts';

/** The folder of the home folder that fixes are written down in. */
const FIXES = 'fixes';

/** What is rescued before something is done that cannot be undone. */
export const RESCUED_TYPES = ['photos', 'videos'] as const;

/** Fixes that were carried out or begun on a phone, the newest first. */
export async function fixesOn(host: Host, device: string): Promise<readonly KeptFix[]> {
  const journals = await journalsIn(host, FIXES).all();
  return journals
    .flatMap(({ entries }) => parseJournal(entries) ?? [])
    .filter((kept) => kept.device.id === device)
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
}

/** What carrying a plan out needs besides the host. */
export type CarryOutOptions = Pick<ApplyOptions, 'rescue' | 'backUp'>;

/** Carries a plan out while nothing else changes the phone; what it does is written down in the home folder first. */
export async function carryOutFix(
  host: Host,
  phone: AndroidPhone,
  plan: Plan,
  options: CarryOutOptions,
): Promise<KeptFix> {
  const { clock, signal } = host;
  await using _claim = await claimPhone(host, phone.device, 'fixing');
  const id = `${clock.now().epochMilliseconds}-${toHex(host.random(4))}`;
  return await applyFix(phone, plan, {
    ...options,
    id,
    journal: await journalsIn(host, FIXES).open(id),
    clock,
    signal,
    look: async (ending) =>
      standingOf(
        await examine(phone, {
          clock,
          ...(plan.code !== 'rescan-media' && { names: QUICK }),
          ...(ending && { signal: ending }),
        }),
      ),
  });
}

/** What takes long to ask about, and only a look at the storage moves. */
const ABOUT_FILES: ReadonlySet<ProbeName> = new Set(['media', 'unseen']);

/** All others. */
const QUICK = Object.values(PROBES)
  .map(({ name }): ProbeName => name)
  .filter((name) => !ABOUT_FILES.has(name));

/** Puts back what a fix changed. Fails with `server/unknown` where there is none of that name. */
export async function undoKept(host: Host, phone: AndroidPhone, id: string): Promise<KeptFix> {
  const { clock, signal } = host;
  const kept = (await fixesOn(host, phone.device.id)).find((each) => each.id === id);
  if (kept === undefined) throw noSuchFix();
  await using _claim = await claimPhone(host, phone.device, 'fixing');
  return await undoFix(phone, kept, { journal: await journalsIn(host, FIXES).open(id), clock, signal });
}

/** Photos and videos that no backup has, as far as the ledger knows; of a phone that was never backed up all that it says it has. */
export async function notRescued(
  catalog: Pick<Catalog, 'balance'>,
  device: string,
  facts: PhotosFacts | undefined,
): Promise<number> {
  const { byKind } = await catalog.balance(device);
  const known = [byKind.photo, byKind.video].flatMap((one) => one ?? []);
  const media = facts && factOf(facts, 'media');
  const { paths = [], unlisted = [] } = (facts && factOf(facts, 'unseen')) ?? {};
  const onPhone = media === undefined ? 0 : media.images + media.videos + paths.length + unlisted.length;
  const proved = known.reduce((sum, { verified }) => sum + verified, 0);
  const found = known.reduce((sum, one) => sum + one.found, 0);
  return Math.max(0, Math.max(found, onPhone) - proved);
}

/** How many photos and videos of a phone are in no backup, or cannot be told: by an audit, which compares them with what is stored. */
export async function proveRescued(
  host: Host,
  phone: AndroidPhone,
): Promise<Extract<Rescue, { kind: 'proved' }>> {
  using source = phoneSource(phone, { excludes: [], types: RESCUED_TYPES }, host);
  const chosen: ChosenSource = { source, phone };
  for await (const event of auditHere(host, chosen, { isThorough: false }))
    if (event.kind === 'done')
      return { kind: 'proved', notProved: event.summary.notInAnyBackup + event.summary.cannotTell };
  throw new Error('an audit ended without its summary');
}

/** What a backup with its proof comes to, as the end of a fix. */
export function rescuedEnd({ notProved }: { readonly notProved: number }): Moved {
  return notProved === 0
    ? {
        moved: 'yes',
        sentence:
          'All photos and videos of the phone are in your own backup, and the audit found none missing.',
      }
    : {
        moved: 'no',
        sentence: `${notProved === 1 ? 'One photo or video is' : `${formatCount(notProved)} photos and videos are`} still in no backup: back up again.`,
      };
}

const noSuchFix = (): Failure =>
  new Failure(SERVER_FAILURES.unknown, 'No fix of that name was carried out on this phone', {
    hint: 'Look at the list of its fixes: "holdfast doctor --records", or “What was done” in the app.',
  });
