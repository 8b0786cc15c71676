import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, collect, Slots } from '@holdfast/kernel';
import { noPicture } from '../made-failures.ts';
import type { MediaFormat } from '../media-format.ts';
import type { MediaSource } from '../media-source.ts';
import { askVideo } from './ask-video.ts';

/** What makes pictures of videos: ffmpeg, as it is installed. */
export interface PosterProgram {
  /** Its absolute path. */
  readonly path: string;
  /** Where the frame it reads lies while it does, in a folder nobody else can read. */
  readonly folder: string;
  readonly clock: Clock;
}

/** A frame as a picture, and how it is to be turned. */
export interface Poster {
  readonly bytes: Uint8Array;
  readonly orientation: number;
}

/** A video that cannot be cut down to a frame is given whole, up to this. */
const MOST_WHOLE_BYTES = 64 * 1024 * 1024;

/** Most that a picture of 640 pixels has. */
const MOST_PICTURE_BYTES = 4 * 1024 * 1024;

const TIME_LIMIT = Temporal.Duration.from({ seconds: 20 });

/** ffmpeg takes a core, and some hundred megabytes for a frame in 4K. */
const oneAtATime = new Slots(1);

/** ffmpeg's name for what reads a format: it is told, so that a file cannot choose, say, a list of other files. */
const READERS: Partial<Record<MediaFormat, string>> = {
  mp4: 'mov',
  mov: 'mov',
  '3gp': 'mov',
  webm: 'matroska',
  mkv: 'matroska',
  avi: 'avi',
};

/** A JPEG of the first whole frame of a video, at most 640 pixels long. Fails with `media/no-picture`, and as `source` does. */
export async function posterOf(
  source: MediaSource,
  format: MediaFormat,
  program: PosterProgram,
  signal?: AbortSignal,
): Promise<Poster> {
  const frame = await askVideo('frame', source, program.clock, signal);
  const reader = frame === undefined ? READERS[format] : 'matroska';
  if (reader === undefined || (frame === undefined && source.sizeBytes > MOST_WHOLE_BYTES)) throw noPicture();
  await oneAtATime.take(signal);
  try {
    const video = frame?.bytes ?? (await source.read(0, source.sizeBytes, signal));
    return { bytes: await draw(video, reader, program, signal), orientation: frame?.orientation ?? 1 };
  } finally {
    oneAtATime.give();
  }
}

async function draw(
  video: Uint8Array,
  reader: string,
  { path, folder, clock }: PosterProgram,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const over = new AbortController();
  // Only the person who runs this can look into it.
  const own = await mkdtemp(join(folder, 'frame-')).catch((error: unknown) => {
    throw noPicture(error);
  });
  try {
    const file = join(own, 'video');
    await writeFile(file, video, { mode: 0o600 });
    clock.sleep(TIME_LIMIT, over.signal).then(
      () => over.abort(),
      () => {},
    );
    const stop = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]);
    const child = spawn(path, argumentsFor(file, reader), {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {},
      signal: stop,
      killSignal: 'SIGKILL',
    });
    const ended = new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', () => resolve());
    });
    const [picture] = await Promise.all([collect(child.stdout, MOST_PICTURE_BYTES, stop), ended]);
    if (picture.length === 0) throw noPicture();
    return picture;
  } catch (error) {
    signal?.throwIfAborted();
    throw noPicture(error);
  } finally {
    over.abort();
    await rm(own, { recursive: true, force: true });
  }
}

function argumentsFor(file: string, reader: string): string[] {
  const quietly =
    '-nostdin -hide_banner -loglevel error -threads 1 -protocol_whitelist file,pipe -noautorotate';
  const oneFrame = '-an -sn -dn -frames:v 1 -vf scale=640:640:force_original_aspect_ratio=decrease';
  const toOutput = '-c:v mjpeg -q:v 4 -f image2pipe pipe:1';
  return [...quietly.split(' '), '-f', reader, '-i', file, ...oneFrame.split(' '), ...toOutput.split(' ')];
}
