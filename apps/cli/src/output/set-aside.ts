import { type ItemState, type JsonLineOf, type ReasonCode, reasonEntry } from '@holdfast/contract';
import { plainText } from '@holdfast/kernel';
import { type Screen, shown } from './screen.ts';
import { formatCount } from './words.ts';

/** An item that a backup or a restore set aside. */
interface SetAsideItem {
  readonly path: string;
  readonly to?: string;
  readonly state: ItemState;
  readonly reason: ReasonCode;
  readonly detail?: string;
  readonly since?: string;
}

/** So many are listed for people: more are read nowhere. */
const MOST_LISTED = 20;

/** Gathers what a run sets aside: for programs each at once, for people the first twenty at the end. */
export class SetAsideList {
  readonly #screen: Screen;
  readonly #first: SetAsideItem[] = [];
  #count = 0;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  async add(item: SetAsideItem): Promise<void> {
    this.#count += 1;
    if (this.#first.length < MOST_LISTED) this.#first.push(item);
    if (this.#screen.isJson) await this.#screen.result(itemLine(item), undefined);
  }

  /** Prints the list; `whereAll` tells where the rest is. */
  async print(title: string, whereAll: string): Promise<void> {
    if (this.#count === 0) return;
    await this.#screen.text(`\n${title}:`);
    for (const group of Map.groupBy(this.#first, ({ reason }) => reason).values())
      await this.#screen.text(describe(group, this.#screen));
    const more = this.#count - this.#first.length;
    if (more > 0) await this.#screen.text(`  … and ${formatCount(more)} more: ${whereAll}`);
  }
}

function itemLine({ path, to, state, reason, detail, since }: SetAsideItem): JsonLineOf<'item'> {
  const { sentence, remedy } = reasonEntry(reason);
  return {
    type: 'item',
    path,
    ...(to !== undefined && { to }),
    state,
    reason,
    sentence,
    ...(remedy !== undefined && { remedy }),
    ...(detail !== undefined && { detail }),
    ...(since !== undefined && { since }),
  };
}

/** Items of one reason, and then what it is and what to do. */
function describe(items: readonly SetAsideItem[], screen: Screen): string {
  const [first] = items;
  const { sentence = '', remedy } = first === undefined ? {} : reasonEntry(first.reason);
  return [
    ...items.map((item) => describeItem(item, screen)),
    `           ${sentence}`,
    ...(remedy === undefined ? [] : [`           → ${remedy}`]),
  ].join('\n');
}

function describeItem({ path, state, detail }: SetAsideItem, screen: Screen): string {
  const word = screen.style(state === 'failed' ? 'red' : 'yellow', state.padEnd(7));
  const why = detail === undefined || detail === '' ? '' : `  (${plainText(detail)})`;
  return `  ${word}  ${shown(path)}${why}`;
}
