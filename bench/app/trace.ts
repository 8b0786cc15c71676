import type { Browser, Page } from 'playwright-core';

/** What the page's main thread did between frames that came late. */
export interface Late {
  readonly frames: number;
  readonly ms: number;
  /** Of that, its tasks were under way so long… */
  readonly taskMs: number;
  /** …and had a processor so long. */
  readonly cpuMs: number;
}

interface Event {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

/** Does something with a page, and tells of the frames above 50 ms meanwhile: whether they waited for the page or the page for a processor. */
export async function lateFrames<T>(
  browser: Browser,
  page: Page,
  work: () => Promise<T>,
): Promise<{ readonly done: T; readonly late: Late }> {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  const done = await work();
  const trace = (await browser.stopTracing()).toString('utf8');
  const { traceEvents } = JSON.parse(trace) as { readonly traceEvents: readonly Event[] };
  const frames = traceEvents
    .filter(({ name }) => name === 'FireAnimationFrame')
    .toSorted((a, b) => a.ts - b.ts);
  const [{ pid, tid } = { pid: 0, tid: 0 }] = frames;
  const tasks = traceEvents.filter(
    (event) => event.name === 'ThreadControllerImpl::RunTask' && event.pid === pid && event.tid === tid,
  );
  const late = { frames: 0, ms: 0, taskMs: 0, cpuMs: 0 };
  for (const [at, { ts: end }] of frames.entries()) {
    const begin = frames[at - 1]?.ts ?? end;
    if (end - begin <= 50_000) continue;
    late.frames += 1;
    late.ms += (end - begin) / 1000;
    for (const { ts, dur = 0, tdur = 0 } of tasks) {
      const shared = Math.min(end, ts + dur) - Math.max(begin, ts);
      if (shared <= 0 || dur === 0) continue;
      late.taskMs += shared / 1000;
      late.cpuMs += ((shared / dur) * tdur) / 1000;
    }
  }
  return { done, late };
}
