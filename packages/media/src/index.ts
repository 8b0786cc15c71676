/**
 * What photos and videos are and say, and pictures made of them. Whatever the bytes are, nothing crashes, hangs or takes more than its share:
 * what decodes HEIC is a thread of its own, what decodes video a program of its own. It keeps nothing and writes no file but what ffmpeg reads.
 *
 * ```ts
 * await using maker = new PictureMaker();
 * const { bytes, mediaType } = await maker.thumbnail(sourceOf(photo), { signal });
 * ```
 */
export type { TakenAt } from './facts/exif.ts';
export { factsOf, type MediaFacts } from './facts/facts.ts';
export { MEDIA_FAILURES } from './failures.ts';
export { formatOf, HEAD_BYTES, kindOf, type MediaFormat, mediaTypeOf } from './media-format.ts';
export { type MediaSource, sourceOf } from './media-source.ts';
export type { Picture } from './picture.ts';
export { PictureMaker } from './picture-maker.ts';
export { findProgram } from './video/find-program.ts';
export type { PosterProgram } from './video/poster.ts';
