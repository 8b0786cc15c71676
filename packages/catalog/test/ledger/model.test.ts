import { deepEqual, ok } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Ledger, openCatalog } from '@holdfast/catalog';
import { balances, ITEM_STATES, type ReasonCode, reasonEntry } from '@holdfast/contract';
import fc from 'fast-check';
import { allItems, blob, file, hour, ownCatalog, PHONE } from '../../test-setup/catalogs.ts';
import { assertBalanced } from '../../test-setup/ledger-check.ts';

/** The size of an item that was in no listing. */
const NOT_KNOWN = -1;

/** What the ledger should say of an item. */
interface ModelItem {
  reason: ReasonCode;
  isGone: boolean;
  isOnItsWay: boolean;
  size: number;
  content: string | undefined;
}

/** The ledger as a map: what was told and written, and what was told since. */
class Model {
  items = new Map<string, ModelItem>();
  written = new Map<string, ModelItem>();
  isRunning = false;
  wasKilled = false;

  write(): void {
    this.written = structuredClone(this.items);
  }

  /** The process died: what was not written was never told. */
  die(): void {
    this.items = structuredClone(this.written);
    this.wasKilled ||= this.isRunning;
    this.isRunning = false;
  }

  begin(): void {
    if (this.wasKilled) this.stop();
    this.wasKilled = false;
    this.isRunning = true;
  }

  list(folder: string, sizes: ReadonlyMap<string, number>, isPartial: boolean): void {
    for (const [path, item] of this.items) {
      if (!path.startsWith(`${folder}/`) || sizes.has(path.slice(folder.length + 1))) continue;
      if (!isPartial) item.isGone = true;
    }
    for (const [name, size] of sizes) {
      const path = `${folder}/${name}`;
      const item = this.items.get(path);
      if (item?.size === size) item.isGone = false;
      else
        this.items.set(path, {
          reason: 'discovered',
          isGone: false,
          isOnItsWay: false,
          size,
          content: undefined,
        });
    }
  }

  save(path: string, content: string, size: number): void {
    const item = this.#itemAt(path);
    item.isGone = false;
    if (item.reason === 'stored' && item.content === content && item.size === size) return;
    this.#way(item);
    Object.assign(item, { content, size });
  }

  settle(path: string, reason: ReasonCode): void {
    Object.assign(this.#itemAt(path), { reason, isGone: false, isOnItsWay: false, content: undefined });
  }

  unchanged(path: string): void {
    const item = this.items.get(path);
    if (item !== undefined && !item.isGone && reasonEntry(item.reason).state !== 'verified') this.#way(item);
  }

  finish(): void {
    for (const item of this.items.values()) {
      if (item.isOnItsWay)
        item.reason = item.content === undefined && item.size >= 0 ? 'unchanged' : 'stored';
      item.isOnItsWay = false;
    }
    this.isRunning = false;
    this.write();
  }

  stop(): void {
    for (const item of this.items.values()) {
      if (item.reason === 'discovered') item.reason = 'interrupted';
      item.isOnItsWay = false;
    }
    this.isRunning = false;
    this.write();
  }

  #itemAt(path: string): ModelItem {
    const known = this.items.get(path);
    if (known !== undefined) return known;
    const item: ModelItem = {
      reason: 'discovered',
      isGone: false,
      isOnItsWay: false,
      size: NOT_KNOWN,
      content: undefined,
    };
    this.items.set(path, item);
    return item;
  }

  #way(item: ModelItem): void {
    if (reasonEntry(item.reason).state !== 'waiting') item.reason = 'discovered';
    item.isOnItsWay = true;
  }
}

interface Real {
  readonly own: Awaited<ReturnType<typeof ownCatalog>>;
  ledger: Ledger | undefined;
}

type Command = fc.AsyncCommand<Model, Real>;

/** A command of a run, which begins where there is none; afterwards the ledger has to say what the model has as written. */
function command(name: string, tell: (model: Model, ledger: Ledger) => void): Command {
  return {
    check: () => true,
    toString: () => name,
    async run(model, real) {
      if (real.ledger === undefined) {
        real.ledger = real.own.catalog.beginRun(PHONE, { kind: 'backup', began: hour(0) });
        model.begin();
      }
      tell(model, real.ledger);
      if (!model.isRunning) real.ledger = undefined;
      await compare(model, real);
    },
  };
}

/** The process dies, and another opens the catalog. */
const killed: Command = {
  check: () => true,
  toString: () => 'killed',
  async run(model, real) {
    real.own.catalog.close();
    real.own.catalog = openCatalog(real.own.path, real.own);
    real.ledger = undefined;
    model.die();
    assertBalanced(real.own.path);
    await compare(model, real);
  },
};

async function compare({ written }: Model, { own: { catalog } }: Real): Promise<void> {
  const items = await allItems(catalog, PHONE.id);
  deepEqual(
    new Map(
      items.map(({ path, reason, state, goneSince }) => [path, [reason, state, goneSince !== undefined]]),
    ),
    new Map(
      [...written].map(([path, { reason, isGone }]) => [path, [reason, reasonEntry(reason).state, isGone]]),
    ),
  );
  const { present, gone } = await catalog.balance(PHONE.id);
  ok(balances(present) && balances(gone));
  for (const state of ITEM_STATES) {
    const counted = items.filter((item) => item.state === state);
    deepEqual(present[state], counted.filter(({ goneSince }) => goneSince === undefined).length);
    deepEqual(gone[state], counted.filter(({ goneSince }) => goneSince !== undefined).length);
  }
}

const anyFolder = fc.constantFrom('a', 'b');
const anyName = fc.constantFrom('1', '2', '3');
const anySize = fc.constantFrom(1, 2);

const commands: fc.Arbitrary<Command>[] = [
  fc.tuple(anyFolder, fc.dictionary(anyName, anySize), fc.boolean()).map(([folder, sizes, isPartial]) =>
    command(`listed ${folder} ${JSON.stringify(sizes)} ${isPartial}`, (model, ledger) => {
      const entries = Object.entries(sizes);
      ledger.listed(
        folder,
        entries.map(([name, size]) => file(name, size)),
        { isPartial },
      );
      model.list(folder, new Map(entries), isPartial);
    }),
  ),
  fc.tuple(anyFolder, anyName, anySize, fc.nat(1)).map(([folder, name, sizeBytes, number]) =>
    command(`saved ${folder}/${name} ${sizeBytes} ${number}`, (model, ledger) => {
      ledger.saved(`${folder}/${name}`, { content: [blob(number)], sizeBytes, mtimeNs: 1n });
      model.save(`${folder}/${name}`, blob(number), sizeBytes);
    }),
  ),
  fc
    .tuple(anyFolder, anyName, fc.constantFrom<ReasonCode>('read-error', 'excluded'))
    .map(([folder, name, reason]) =>
      command(`settled ${folder}/${name} ${reason}`, (model, ledger) => {
        ledger.settled(`${folder}/${name}`, reason);
        model.settle(`${folder}/${name}`, reason);
      }),
    ),
  fc.tuple(anyFolder, fc.subarray(['1', '2', '3'])).map(([folder, names]) =>
    command(`unchanged ${folder} ${names.join()}`, (model, ledger) => {
      ledger.unchanged(folder, names);
      for (const name of names) model.unchanged(`${folder}/${name}`);
    }),
  ),
  fc.constant(
    command('flush', (model, ledger) => {
      ledger.flush();
      model.write();
    }),
  ),
  fc.constant(
    command('finished', (model, ledger) => {
      ledger.finished({ snapshot: blob(9) });
      model.finish();
    }),
  ),
  fc.constant(
    command('stopped', (model, ledger) => {
      ledger.stopped();
      model.stop();
    }),
  ),
  fc.constant(killed),
];

suite('the ledger', () => {
  test('it says what a map would, and balances, whatever is told and whenever the process dies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 30 }), async (run) => {
        await using own = await ownCatalog();
        await fc.asyncModelRun(() => ({ model: new Model(), real: { own, ledger: undefined } }), run);
        assertBalanced(own.path);
      }),
      { numRuns: 60 },
    );
  });
});
