import { Failure } from '@holdfast/kernel';
import { MEDIA_FAILURES } from './failures.ts';

/** Of this file no picture can be made. */
export function noPicture(cause?: unknown): Failure {
  return new Failure(MEDIA_FAILURES.noPicture, 'no picture can be made of this file', {
    hint: 'Download it, and open it with another program.',
    ...(cause !== undefined && { cause }),
  });
}

/** It would cost more than a picture may. */
export function tooLarge(): Failure {
  return new Failure(MEDIA_FAILURES.tooLarge, 'this picture is too large to be shown', {
    hint: 'Download it, and open it with another program.',
  });
}

/** The maker of pictures is closed. */
export function closed(): Failure {
  return new Failure(MEDIA_FAILURES.closed, 'no more pictures are made: the program is ending', {
    retry: 'later',
  });
}
