import { Worker as Thread } from 'node:worker_threads';
import { type Clock, Slots } from '@holdfast/kernel';
import { noPicture } from '../made-failures.ts';
import type { MediaSource } from '../media-source.ts';
import type { VideoBytes, VideoJobs, VideoMessage, VideoTask } from './video-job.ts';

/** Tables of a whole video take milliseconds; damaged ones can say that they have billions of rows. */
const TIME_LIMIT = Temporal.Duration.from({ seconds: 10 });

/** Of a thread's own heap; a long video's tables take some ten. */
const MOST_MEGABYTES = 200;

const oneAtATime = new Slots(1);

/**
 * What is asked of a video, found out in a thread of its own: one that takes too much time or memory is ended. Fails with `media/no-picture` then, and
 * as `source` does.
 */
export async function askVideo<J extends keyof VideoJobs>(
  job: J,
  source: MediaSource,
  clock: Clock,
  signal?: AbortSignal,
): Promise<VideoJobs[J]> {
  await oneAtATime.take(signal);
  const over = new AbortController();
  const task: VideoTask = { job, sizeBytes: source.sizeBytes };
  const thread = new Thread(new URL('./video-thread.ts', import.meta.url), {
    name: 'video',
    workerData: task,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES, maxYoungGenerationSizeMb: 16 },
    stdout: true,
    stderr: true,
  });
  const onAbort = (): void => over.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const { promise, resolve, reject } = Promise.withResolvers<VideoJobs[J]>();
    const refuse = (cause: unknown): void => reject(noPicture(cause));
    thread.on('error', refuse);
    thread.on('exit', refuse);
    over.signal.addEventListener('abort', () => reject(over.signal.reason as Error), { once: true });
    clock.sleep(TIME_LIMIT, over.signal).then(refuse, () => {});
    thread.on('message', (message: VideoMessage) => {
      if (message.kind === 'answer') return resolve(message.answer as VideoJobs[J]);
      const { number, from, length } = message;
      source.read(from, length, over.signal).then((bytes) => {
        const reply: VideoBytes = { number, bytes };
        thread.postMessage(reply);
      }, reject);
    });
    return await promise;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    over.abort(new DOMException('it is over', 'AbortError'));
    await thread.terminate();
    oneAtATime.give();
  }
}
