import type { VideoFacts } from '../facts/video-facts.ts';
import type { OneFrame } from './one-frame.ts';

/** What can be asked of a video, and what is answered. */
export interface VideoJobs {
  facts: VideoFacts;
  frame: OneFrame | undefined;
}

/** What a thread is started with. */
export interface VideoTask {
  readonly job: keyof VideoJobs;
  readonly sizeBytes: number;
}

/** What a thread says: that it needs bytes of the video, or its answer. */
export type VideoMessage =
  | { readonly kind: 'read'; readonly number: number; readonly from: number; readonly length: number }
  | { readonly kind: 'answer'; readonly answer: VideoJobs[keyof VideoJobs] };

/** Bytes that it asked for. */
export interface VideoBytes {
  readonly number: number;
  readonly bytes: Uint8Array;
}
