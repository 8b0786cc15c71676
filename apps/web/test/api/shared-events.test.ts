import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ServerEvent } from '@holdfast/contract/api';
import fc from 'fast-check';
import { SharedEvents, type Tell, type Told } from '../../src/api/shared-events.ts';

const CHANGED: ServerEvent = { kind: 'changed', what: 'items' };

type Follow = ConstructorParameters<typeof SharedEvents>[0];

/** A server that numbers what happens, and tells who follows it what came after what they saw. */
function serving() {
  const asked: (string | undefined)[] = [];
  let position = 0;
  let open: { readonly parts: Parameters<Follow>[0]; readonly signal: AbortSignal; seen: number } | undefined;
  const catchUp = (): void => {
    if (open === undefined || open.signal.aborted) return;
    while (open.seen < position) open.parts.onEvent(CHANGED, `${++open.seen}`);
  };
  const follow: Follow = async (parts, from, signal) => {
    asked.push(from);
    open = { parts, signal, seen: from === undefined ? position : Number(from) };
    parts.onConnection('open');
    parts.onPosition(`${open.seen}`);
    catchUp();
  };
  return {
    asked,
    follow,
    happens() {
      position += 1;
      catchUp();
    },
    shutOut: () => open?.parts.onShutOut(),
    get position() {
      return position;
    },
    get isOpen() {
      return open !== undefined && !open.signal.aborted;
    },
  };
}

/** A page that listens, or does not, and remembers what it saw. */
function paging(events: SharedEvents) {
  const seen: Told[] = [];
  let last: string | undefined;
  let gaps = 0;
  let resets = 0;
  const tell: Tell = (told) => {
    seen.push(told);
    if (told.kind === 'position') last = told.id;
    if (told.kind !== 'event') return;
    if (told.event.kind === 'reset') resets += 1;
    else if (last !== undefined && Number(told.id) !== Number(last) + 1) gaps += 1;
    last = told.id;
  };
  return {
    seen,
    join: () => events.join(tell, last),
    leave: () => events.leave(tell),
    get last() {
      return last;
    },
    get gaps() {
      return gaps;
    },
    get resets() {
      return resets;
    },
  };
}

suite('the stream of events that pages share', () => {
  test('it is one for all of them, and none when nobody listens', () => {
    const server = serving();
    const events = new SharedEvents(server.follow);
    const pages = Array.from({ length: 7 }, () => paging(events));
    for (const page of pages) page.join();
    server.happens();
    assert.equal(server.asked.length, 1);
    for (const page of pages) assert.deepEqual(page.seen.at(-1), { kind: 'event', event: CHANGED, id: '1' });
    for (const page of pages) page.leave();
    assert.equal(server.isOpen, false);
  });

  test('it goes on from where it was when all were away', () => {
    const server = serving();
    const page = paging(new SharedEvents(server.follow));
    page.join();
    page.leave();
    server.happens();
    page.join();
    assert.deepEqual([server.asked, page.last, page.resets], [[undefined, '0'], '1', 0]);
  });

  test('it tells who was away while others listened to ask for everything again', () => {
    const server = serving();
    const events = new SharedEvents(server.follow);
    const [stays, goes] = [paging(events), paging(events)];
    stays.join();
    goes.join();
    goes.leave();
    server.happens();
    goes.join();
    assert.deepEqual([goes.resets, goes.last, stays.resets], [1, '1', 0]);
  });

  test('it ends when the browser is shut out, and begins again with who comes in', () => {
    const server = serving();
    const page = paging(new SharedEvents(server.follow));
    page.join();
    server.shutOut();
    assert.deepEqual(page.seen.at(-1), { kind: 'shut-out' });
    assert.equal(server.isOpen, false);
    page.leave();
    page.join();
    assert.equal(server.isOpen, true);
  });

  test('it loses nothing, however pages come and go', () => {
    const steps = fc.array(
      fc.oneof(
        fc.constant('happens' as const),
        fc.record({ page: fc.nat(3), does: fc.constantFrom('join', 'leave') }),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const server = serving();
        const events = new SharedEvents(server.follow);
        const pages = Array.from({ length: 4 }, () => ({ isHere: false, page: paging(events) }));
        for (const step of all) {
          if (step === 'happens') server.happens();
          else {
            const one = pages[step.page];
            if (one === undefined || one.isHere === (step.does === 'join')) continue;
            one.isHere = step.does === 'join';
            if (one.isHere) one.page.join();
            else one.page.leave();
          }
          for (const { isHere, page } of pages) {
            assert.equal(page.gaps, 0);
            if (isHere) assert.equal(page.last, `${server.position}`);
          }
          assert.equal(
            server.isOpen,
            pages.some(({ isHere }) => isHere),
          );
        }
      }),
    );
  });
});
