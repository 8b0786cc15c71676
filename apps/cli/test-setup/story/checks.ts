import type { Item } from '@holdfast/catalog';
import { balances, reasonEntry } from '@holdfast/contract';
import { check, type Finding, isDamage, loadIndex, type SnapshotEntry } from '@holdfast/repository';
import type { Id, Node } from '@holdfast/restic-format';
import type { Ran } from './back-up.ts';
import { expect } from './expect.ts';
import { recordPaths, textOf } from './records.ts';
import { digest } from './truth.ts';
import type { Origin, World } from './world.ts';

/** What is in a snapshot, by path: as `Thing.is` says it. */
type Held = ReadonlyMap<string, string>;

/** Looks at everything a step may have broken. */
export class Checker {
  readonly #world: World;
  readonly #contents = new Map<string, string>();
  readonly #held = new Map<Id, Held>();
  readonly #texts = new Map<Id, readonly string[]>();

  constructor(world: World) {
    this.#world = world;
  }

  /** After any step. */
  async all(): Promise<void> {
    await this.#repository();
    await this.#ledger();
  }

  /** What the snapshot holds, which was looked at before. */
  heldBy(snapshot: Id): Held {
    const held = this.#held.get(snapshot);
    if (held === undefined) throw new Error(`nobody looked at ${snapshot}`);
    return held;
  }

  /** Text messages in a snapshot that was looked at before. */
  textsIn(snapshot: Id): readonly string[] {
    return this.#texts.get(snapshot) ?? [];
  }

  /** After a rebuild: all of the last backup is verified. */
  async rebuilt(): Promise<void> {
    const latest = (await this.#world.snapshots()).at(-1);
    if (latest === undefined) return;
    const rows = await this.rows();
    const paths = [...this.heldBy(latest.id).keys()].filter((path) => path.startsWith('files/'));
    for (const [made, records] of this.#world.origins.get(latest.id)?.records ?? [])
      for (const [at, path] of recordPaths(made, records).entries())
        if (records[at]?.reason === undefined) paths.push(path);
    for (const path of paths) {
      const { state, goneSince } = rows.get(path) ?? {};
      const isVerified = state === 'verified' && goneSince === undefined;
      expect(
        isVerified,
        `after a rebuild ${JSON.stringify(path)} is ${state}${goneSince ? ', and gone' : ''}`,
      );
    }
  }

  /** `check --read-data` finds no damage, and every snapshot holds what the phone had. */
  async #repository(): Promise<void> {
    const process = this.#world.process();
    const repository = this.#world.repository(process);
    await using indexed = await loadIndex(repository, { threads: 0, signal: process.gone });
    const findings: Finding[] = [];
    const { isProcessAlive } = this.#world;
    for await (const event of check(indexed, { readData: 'all', isProcessAlive }))
      if (event.kind === 'finding') findings.push(event.finding);
    const damage = findings.filter(isDamage);
    expect(damage.length === 0, `check finds ${JSON.stringify(damage)}`);
    for (const entry of await this.#world.snapshots(process))
      if (!this.#held.has(entry.id)) this.#held.set(entry.id, await this.#look(entry, indexed.blobs));
  }

  async #look({ id, snapshot }: SnapshotEntry, blobs: Blobs): Promise<Held> {
    const origin = this.#world.origins.get(id);
    if (origin === undefined) throw new Error(`a snapshot nobody made: ${id}`);
    const held = new Map<string, string>();
    const texts: string[] = [];
    const visit = async (tree: Id, path: string): Promise<void> => {
      for (const node of await blobs.loadTree(tree)) {
        const at = path === '' ? node.name : `${path}/${node.name}`;
        if (node.type === 'dir' && node.subtree !== undefined) await visit(node.subtree, at);
        else held.set(at, await this.#isOf(node, blobs));
        if (at === 'messages/messages.ndjson') texts.push(...(await textsIn(node, blobs)));
      }
    };
    await visit(snapshot.tree, '');
    this.#texts.set(id, texts);
    this.#compare(held, origin);
    if (origin.texts !== undefined)
      expect(
        texts.sort().join('\n') === origin.texts.join('\n'),
        `messages: ${texts.join()} instead of ${origin.texts.join()}`,
      );
    return held;
  }

  #compare(held: Held, { had, given, disturbed }: Origin): void {
    for (const [path, is] of held) {
      if (path === 'holdfast.json') continue;
      if (path.startsWith('files/'))
        expect(had.at(path).has(is), `the backup holds ${JSON.stringify(path)} as the phone never had it`);
      else {
        const now = given.get(path);
        const isRight = now === undefined ? this.#world.givenEver.get(path)?.has(is) === true : now === is;
        expect(isRight, `the backup holds ${path} as it was never given`);
      }
    }
    for (const [path, { is, isReadable }] of had.steady) {
      if (!isReadable || isAtOrBelow(path, disturbed)) continue;
      expect(held.get(path) === is, `the backup lacks ${JSON.stringify(path)}`);
    }
  }

  async #isOf(node: Node, blobs: Blobs): Promise<string> {
    if (node.type === 'symlink') return `link ${node.linkTarget}`;
    const { content = [] } = node;
    const name = content.join();
    const known = this.#contents.get(name);
    if (known !== undefined) return known;
    const is = digest(await bytesOf(node, blobs));
    this.#contents.set(name, is);
    return is;
  }

  /** The ledger balances, has one row for all that was ever listed, and what it calls verified is in a backup, or was until somebody had it
   * forgotten: the ledger is not told of that. */
  async #ledger(): Promise<void> {
    const { catalog, listed, told } = this.#world;
    const rows = await this.rows();
    const [device] = await catalog.devices();
    if (device === undefined) return;
    const { present, gone } = await catalog.balance(device.id);
    for (const [balance, isGone] of [
      [present, false],
      [gone, true],
    ] as const) {
      expect(balances(balance), `the ledger does not balance: ${JSON.stringify(balance)}`);
      for (const state of ['verified', 'waiting', 'skipped', 'failed'] as const) {
        const count = rows
          .values()
          .filter((row) => row.state === state && isGone === (row.goneSince !== undefined));
        expect(count.toArray().length === balance[state], `the ledger counts ${balance[state]} ${state}`);
      }
    }
    for (const path of listed) expect(rows.has(path), `the ledger has nothing of ${JSON.stringify(path)}`);
    for (const row of rows.values()) {
      expect(told.has(row.path), `the ledger has ${JSON.stringify(row.path)}, which nobody told`);
      expect(reasonEntry(row.reason).state === row.state, `${row.path} is ${row.state} for ${row.reason}`);
      if (row.state === 'verified' && row.goneSince === undefined)
        expect(
          this.#isHeld(row),
          `the ledger calls ${JSON.stringify(row.path)} verified, and no backup has it`,
        );
    }
  }

  #isHeld({ path, sizeBytes, mtimeNs }: Item): boolean {
    const held = [...this.#held];
    const [made = '', ...key] = path.split('#');
    if (!path.startsWith('files/') && key.length > 0)
      return held.some(([id]) => {
        const records = this.#world.origins.get(id)?.records.get(made);
        return records !== undefined && recordPaths(made, records).includes(path);
      });
    const is = this.#world.versions.get(`${path}|${sizeBytes}|${mtimeNs}`);
    return is !== undefined && held.some(([, things]) => things.get(path) === is);
  }

  /** Every row of the ledger, by path. */
  async rows(): Promise<ReadonlyMap<string, Item>> {
    const rows = new Map<string, Item>();
    for (const { id } of await this.#world.catalog.devices()) {
      let after: string | undefined;
      do {
        const { items, next } = await this.#world.catalog.items(id, {}, { after, limit: 5000 });
        for (const item of items) {
          expect(!rows.has(item.path), `the ledger has ${item.path} twice`);
          rows.set(item.path, item);
        }
        after = next;
      } while (after !== undefined);
    }
    return rows;
  }

  /** After a backup that ended well: the ledger says of each thing of the phone what became of it. */
  async settled({ began, had, disturbed, closed, isRefused, summary }: Ran): Promise<void> {
    const rows = await this.rows();
    for (const [path, { isReadable, isListed, kind }] of had.steady) {
      const isNewlyGone = rows.get(path)?.goneSince?.epochMilliseconds === began.epochMilliseconds;
      expect(!isNewlyGone, `the ledger calls ${JSON.stringify(path)} gone, which is there`);
      if (!isListed || isAtOrBelow(path, disturbed)) continue;
      const row = rows.get(path);
      expect(row !== undefined && row.goneSince === undefined, `the ledger lacks ${JSON.stringify(path)}`);
      // What was saved while it could be read stays saved.
      expect(
        !isReadable || row.state === 'verified',
        `the ledger has ${JSON.stringify(path)} (${kind}) as ${row.reason}`,
      );
    }
    for (const row of rows.values()) {
      if (row.goneSince !== undefined || isAtOrBelow(row.path, [...closed, ...disturbed])) continue;
      expect(
        row.state !== 'waiting',
        `${JSON.stringify(row.path)} waits after a backup that is done: ${row.reason}`,
      );
      if (row.path.startsWith('files/'))
        expect(had.at(row.path).size > 0, `the ledger has ${JSON.stringify(row.path)} as if it were there`);
    }
    const present = rows
      .values()
      .filter((row) => row.goneSince === undefined)
      .toArray().length;
    if (closed.length === 0 && disturbed.length === 0 && !isRefused)
      expect(
        present === summary?.balance.found,
        `the ledger has ${present} items, the backup ${summary?.balance.found}`,
      );
  }
}

interface Blobs {
  loadTree(id: Id): Promise<readonly Node[]>;
  loadBlob(type: 'data', id: Id): Promise<Uint8Array>;
}

async function bytesOf({ content = [] }: Node, blobs: Blobs): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const id of content) parts.push(await blobs.loadBlob('data', id));
  return Buffer.concat(parts);
}

async function textsIn(node: Node, blobs: Blobs): Promise<string[]> {
  const lines = new TextDecoder()
    .decode(await bytesOf(node, blobs))
    .split('\n')
    .filter((line) => line !== '');
  return lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((message) => !('__parts' in message))
    .map(({ address, date, body }) => textOf(address, date, body));
}

/** True for a path that is one of these, or inside it. */
const isAtOrBelow = (path: string, places: readonly string[]): boolean =>
  places.some((place) => path === place || path.startsWith(`${place}/`));
