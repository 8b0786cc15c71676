import { ITEM_KINDS, ITEM_STATES, REASONS } from '@holdfast/contract';
import type { App } from './server.ts';
import { percentile } from './server.ts';

/** How long requests of one kind took. */
export interface Timed {
  readonly name: string;
  readonly p50: number;
  readonly p95: number;
  readonly worst: number;
  /** Processor time of the server for one. */
  readonly cpuMs: number;
  readonly bytes: number;
}

const HOME_REQUESTS = 200;
/** Of each filter; as many as there are. */
const PAGES = 40;

/** The first screen, one request after the other. */
export function timeHome(app: App): Promise<Timed> {
  return timed(app, 'home', function* () {
    for (let each = 0; each < HOME_REQUESTS; each++) yield '/api/home';
  });
}

/** Pages of 200 items with each filter there is, each from its beginning to its end or the 40th page; a short list is asked for again. */
export async function timeLedger(app: App, device: string, photoFolder: string): Promise<readonly Timed[]> {
  const filters: readonly string[] = [
    '',
    ...ITEM_STATES.map((state) => `states=${state}`),
    ...Object.keys(REASONS).map((reason) => `reasons=${reason}`),
    ...ITEM_KINDS.map((kind) => `kinds=${kind}`),
    ...['img', 'the sea', 'São', '20190', 'zebra', '7'].map((text) => `text=${encodeURIComponent(text)}`),
    `under=${encodeURIComponent(photoFolder)}`,
    'under=messages',
    `under=${encodeURIComponent(photoFolder)}&text=zebra`,
    'states=waiting,skipped,failed',
    'states=failed&kinds=photo',
    'states=verified&kinds=message&text=bread',
    'states=failed&text=zebra',
    'gone=only',
    'gone=true',
  ];
  const times: Timed[] = [];
  for (const filter of filters) {
    const address = `/api/devices/${device}/items?limit=200&${filter}`;
    times.push(
      await timed(app, filter === '' ? 'no filter' : decodeURIComponent(filter), function* () {
        let after = '';
        for (let page = 0; page < PAGES; page++) {
          const body = yield address + after;
          const { next } = JSON.parse(body) as { readonly next?: string };
          after = next === undefined ? '' : `&after=${encodeURIComponent(next)}`;
        }
      }),
    );
  }
  return times;
}

async function timed(
  app: App,
  name: string,
  addresses: () => Generator<string, void, string>,
): Promise<Timed> {
  const ms: number[] = [];
  let bytes = 0;
  const cpuBefore = app.cpuSeconds();
  const asking = addresses();
  for (let next = asking.next(); next.done !== true; ) {
    const asked = await app.ask(next.value);
    ms.push(asked.ms);
    bytes = Math.max(bytes, asked.bytes);
    next = asking.next(asked.body);
  }
  const cpuMs = ((app.cpuSeconds() - cpuBefore) * 1000) / ms.length;
  const [p50, p95, worst] = [50, 95, 100].map((percent) => percentile(ms, percent));
  return { name, p50: p50 ?? 0, p95: p95 ?? 0, worst: worst ?? 0, cpuMs, bytes };
}
