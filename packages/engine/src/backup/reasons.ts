import { REASONS, type ReasonCode } from '@holdfast/contract';
import type { Failure } from '@holdfast/kernel';

/** Why a file could not be read: what the source says, or else by its code. */
export function reasonOfFailure({ code, details }: Failure): ReasonCode {
  const { reason } = details;
  return typeof reason === 'string' && Object.hasOwn(REASONS, reason)
    ? (reason as ReasonCode)
    : reasonOfErrno(code);
}

/** Why a file could not be read, from the error's code: the system's, or one of `devices/…`. */
export function reasonOfErrno(errno: string): ReasonCode {
  switch (errno) {
    case 'EACCES':
    case 'EPERM':
    case 'devices/access-denied':
      return 'access-denied';
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ESTALE':
    // It is a link now, or a FIFO or socket took its name.
    case 'ELOOP':
    case 'ENXIO':
    case 'devices/vanished':
      return 'vanished';
    case 'ENAMETOOLONG':
      return 'path-too-long';
    default:
      return 'read-error';
  }
}
