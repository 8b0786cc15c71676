import { parentPort, workerData } from 'node:worker_threads';
import { videoFacts } from '../facts/video-facts.ts';
import type { MediaSource } from '../media-source.ts';
import { oneFrameOf } from './one-frame.ts';
import type { VideoBytes, VideoMessage, VideoTask } from './video-job.ts';

const { job, sizeBytes } = workerData as VideoTask;
const waiting = new Map<number, (bytes: Uint8Array) => void>();
let reads = 0;

parentPort?.on('message', ({ number, bytes }: VideoBytes) => {
  waiting.get(number)?.(bytes);
  waiting.delete(number);
});

const source: MediaSource = {
  sizeBytes,
  read(from, length) {
    const number = reads++;
    say({ kind: 'read', number, from, length });
    return new Promise((resolve) => waiting.set(number, resolve));
  },
};

say({ kind: 'answer', answer: job === 'facts' ? await videoFacts(source) : await oneFrameOf(source) });
parentPort?.close();

function say(message: VideoMessage): void {
  parentPort?.postMessage(message);
}
