import {
  BufferTarget,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  MkvOutputFormat,
  Output,
} from 'mediabunny';
import type { MediaSource } from '../media-source.ts';
import { openVideo } from './open-video.ts';

/** A video of one frame. */
export interface OneFrame {
  /** Matroska. */
  readonly bytes: Uint8Array;
  /** How it is to be turned, as EXIF says it. */
  readonly orientation: number;
}

const ORIENTATIONS = { 0: 1, 90: 6, 180: 3, 270: 8 } as const;

/**
 * The first whole frame of a video as a video of its own, so that a gigabyte need not be read for a picture of it. `undefined` where there is
 * none in a coding that is known.
 */
export async function oneFrameOf(source: MediaSource, signal?: AbortSignal): Promise<OneFrame | undefined> {
  const input = openVideo(source, signal);
  try {
    const track = await input.getPrimaryVideoTrack();
    const codec = await track?.getCodec();
    const decoderConfig = await track?.getDecoderConfig();
    if (!track || !codec || !decoderConfig) return undefined;
    const packet = await new EncodedPacketSink(track).getFirstKeyPacket();
    if (packet === null) return undefined;
    const target = new BufferTarget();
    const output = new Output({ format: new MkvOutputFormat(), target });
    const frames = new EncodedVideoPacketSource(codec);
    output.addVideoTrack(frames);
    await output.start();
    await frames.add(packet.clone({ timestamp: 0 }), { decoderConfig });
    await output.finalize();
    const orientation = ORIENTATIONS[await track.getRotation()];
    return target.buffer === null ? undefined : { bytes: new Uint8Array(target.buffer), orientation };
  } catch (error) {
    signal?.throwIfAborted();
    if (isOwn(error)) throw error;
    return undefined;
  } finally {
    input.dispose();
  }
}

/** What the source failed with, and not the reading of what it gave. */
function isOwn(error: unknown): boolean {
  return error instanceof Error && error.name === 'Failure';
}
