import { Failure, plainText } from '@holdfast/kernel';

/** Every code this package throws; each is made by a function beside it, or by the folder it is about. */
export const SERVER_FAILURES = {
  badRequest: 'server/bad-request',
  noSession: 'server/no-session',
  badLink: 'server/bad-link',
  wrongPassword: 'server/wrong-password',
  tooManyTries: 'server/too-many-tries',
  foreign: 'server/foreign',
  unknown: 'server/unknown',
  gone: 'server/gone',
  conflict: 'server/conflict',
  tooLarge: 'server/too-large',
  noSuchBytes: 'server/no-such-bytes',
  busy: 'server/busy',
  notInSight: 'server/not-in-sight',
  needsPassword: 'server/needs-password',
  file: 'server/file',
  port: 'server/port',
  running: 'server/running',
  noWebApp: 'server/no-web-app',
  notSent: 'server/not-sent',
  bug: 'server/bug',
} as const;

/** What was sent makes no sense; says what of it. */
export const badRequest = (says: string): Failure =>
  new Failure(SERVER_FAILURES.badRequest, plainText(says), {
    hint: 'Reload the page: it may be from an older version.',
  });

/** There is none of that name: `noSuch('run')`. */
export const noSuch = (what: string): Failure =>
  new Failure(SERVER_FAILURES.unknown, `There is no such ${what}`, {
    hint: 'Go back and reload the page: it may have been removed.',
  });

/** What is asked for begins behind the last byte. */
export const noSuchBytes = (sizeBytes: number): Failure =>
  new Failure(SERVER_FAILURES.noSuchBytes, `There are only ${sizeBytes} bytes`, {
    hint: 'Download it again from its beginning.',
    details: { sizeBytes },
  });

/** It was there, for a while: a plan, a download. */
export const noLonger = (what: string): Failure =>
  new Failure(SERVER_FAILURES.gone, `This ${what} is no longer kept`, { hint: 'Make it again.' });

/** It cannot be done in the state that something is in now. */
export const conflict = (says: string, hint: string): Failure =>
  new Failure(SERVER_FAILURES.conflict, says, { hint });

/** It cannot be done at this moment. */
export const busy = (says: string, hint: string): Failure =>
  new Failure(SERVER_FAILURES.busy, says, { hint, retry: 'later' });

/** The device is known, and not there now. */
export const notInSight = (name: string): Failure =>
  new Failure(SERVER_FAILURES.notInSight, `${plainText(name, 80)} is not in sight`, {
    hint: 'Connect and unlock it.',
    retry: 'later',
  });
