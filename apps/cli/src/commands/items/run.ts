import { existsSync } from 'node:fs';
import type { Catalog, Item, ItemFilter, KnownDevice } from '@holdfast/catalog';
import { ITEM_STATES, type ItemState, REASONS, type ReasonCode } from '@holdfast/contract';
import { homeOf, isHalfRebuilt, openCatalogHere } from '@holdfast/home';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { chooseDevice, nothingKnown } from '#ledger/choose-device.ts';
import { printCounts } from './counts.ts';
import { itemLine, itemText, reasonText } from './item-text.ts';
import type { ItemsGiven } from './table.ts';

type Given = GivenOptions<ItemsGiven>;

/** Items listed for people unless they say otherwise. */
const FEW = 50;

/** Items read at once. */
const PAGE_ITEMS = 1000;

/** Lists the ledger of a device. */
export async function run(given: Given, [word]: readonly string[], context: Context): Promise<ExitCode> {
  const { world, screen } = context;
  if (!existsSync(homeOf(world).catalog)) throw nothingKnown();
  using catalog = await openCatalogHere(context.host);
  const chosen = await chooseDevice(catalog, word);
  if (await isHalfRebuilt(catalog))
    screen.trouble(
      'The ledger is not all there: run "holdfast rebuild" again, which did not come to its end.',
    );
  await printCounts(catalog, chosen, context);
  const filter = filterOf(given);
  if (screen.isJson) {
    const limit = given.limit || Number.POSITIVE_INFINITY;
    for await (const item of itemsOf(catalog, chosen.device, filter, limit, world.signal))
      await screen.result(itemLine(item), undefined);
  } else await printItems(catalog, chosen.device, filter, given, context);
  return 0;
}

function filterOf({ state, reason, kind, path, text, gone }: Given): ItemFilter {
  return {
    isGone: gone,
    ...(state && { states: state }),
    ...(reason && { reasons: reason }),
    ...(kind && { kinds: kind }),
    ...(path !== undefined && { pathPrefix: path.replace(/^\/+/, '') }),
    ...(text !== undefined && { text }),
  };
}

/** What is looked at first. */
const STATES_IN_ORDER: readonly ItemState[] = ['failed', 'waiting', 'skipped', 'verified'];

/** Prints items, those of one reason together. Where nothing special is asked for, those that are not verified. */
async function printItems(
  catalog: Catalog,
  device: KnownDevice,
  filter: ItemFilter,
  given: Given,
  { screen, world }: Context,
): Promise<void> {
  const { isGone: _, ...asked } = filter;
  const isAsked = given.gone || Object.keys(asked).length > 0;
  const states =
    filter.states ?? (isAsked ? ITEM_STATES : ITEM_STATES.filter((state) => state !== 'verified'));
  let left = given.limit === 0 ? Number.POSITIVE_INFINITY : (given.limit ?? FEW);
  let listed = 0;
  for (const reason of reasonsOf(states, filter.reasons)) {
    let isFirst = true;
    // One more, to know whether there is more.
    for await (const item of itemsOf(
      catalog,
      device,
      { ...filter, reasons: [reason] },
      left + 1,
      world.signal,
    )) {
      if (left === 0) {
        await screen.text(`\nThere are more: --limit N lists so many, --limit 0 all.`);
        return;
      }
      if (isFirst) await screen.text(`\n${reasonText(reason, screen)}`);
      isFirst = false;
      left -= 1;
      listed += 1;
      await screen.text(itemText(item, world.timeZone));
    }
  }
  if (listed === 0 && isAsked) await screen.text('\nNo item is like that.');
}

function reasonsOf(states: readonly ItemState[], asked: readonly ReasonCode[] | undefined): ReasonCode[] {
  const all = Object.keys(REASONS) as ReasonCode[];
  return STATES_IN_ORDER.filter((state) => states.includes(state)).flatMap((state) =>
    all.filter((code) => REASONS[code].state === state && (asked === undefined || asked.includes(code))),
  );
}

async function* itemsOf(
  catalog: Catalog,
  { id }: KnownDevice,
  filter: ItemFilter,
  limit: number,
  signal: AbortSignal,
): AsyncGenerator<Item, void, undefined> {
  let after: string | undefined;
  let left = limit;
  do {
    signal.throwIfAborted();
    const page = await catalog.items(id, filter, { after, limit: Math.min(left, PAGE_ITEMS) });
    yield* page.items;
    left -= page.items.length;
    after = page.next;
  } while (after !== undefined && left > 0);
}
