import type { ReasonCode } from '@holdfast/contract';

/** Why a file could not be read, from the error's code. Sources that are not local give a `devices/…` code. */
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
