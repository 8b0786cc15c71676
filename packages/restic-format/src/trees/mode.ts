/** Bits of Go's `os.FileMode` (package io/fs), which restic stores; the lower nine are the permissions in both worlds. */
const GO = {
  dir: 2 ** 31,
  symlink: 2 ** 27,
  device: 2 ** 26,
  namedPipe: 2 ** 25,
  socket: 2 ** 24,
  setuid: 2 ** 23,
  setgid: 2 ** 22,
  charDevice: 2 ** 21,
  sticky: 2 ** 20,
  irregular: 2 ** 19,
} as const;

/** Bits of `st_mode` (POSIX, sys/stat.h). */
const UNIX = {
  type: 0o170000,
  socket: 0o140000,
  symlink: 0o120000,
  file: 0o100000,
  blockDevice: 0o060000,
  dir: 0o040000,
  charDevice: 0o020000,
  namedPipe: 0o010000,
  setuid: 0o4000,
  setgid: 0o2000,
  sticky: 0o1000,
} as const;

const PERMISSIONS = 0o777;

const TYPES: readonly (readonly [unix: number, go: number])[] = [
  [UNIX.file, 0],
  [UNIX.dir, GO.dir],
  [UNIX.symlink, GO.symlink],
  [UNIX.namedPipe, GO.namedPipe],
  [UNIX.socket, GO.socket],
  [UNIX.blockDevice, GO.device],
  [UNIX.charDevice, GO.device + GO.charDevice],
];

const FLAGS: readonly (readonly [unix: number, go: number])[] = [
  [UNIX.setuid, GO.setuid],
  [UNIX.setgid, GO.setgid],
  [UNIX.sticky, GO.sticky],
];

/** What Go makes of a Unix `st_mode`; a type without a name is `irregular`. */
export function goMode(unixMode: number): number {
  const type = TYPES.find(([unix]) => unix === (unixMode & UNIX.type))?.[1] ?? GO.irregular;
  return type + goFlags(unixMode) + (unixMode & PERMISSIONS);
}

/** The Unix `st_mode` of Go's mode; bits Unix has no word for are left out, and an irregular type is 0. */
export function unixMode(mode: number): number {
  const typeBits = mode & (GO.symlink | GO.device | GO.namedPipe | GO.socket | GO.charDevice | GO.irregular);
  const type = mode >= GO.dir ? UNIX.dir : (TYPES.find(([, go]) => go === typeBits)?.[0] ?? 0);
  let flags = 0;
  for (const [unix, go] of FLAGS) if ((mode & go) !== 0) flags |= unix;
  return type | flags | (mode & PERMISSIONS);
}

function goFlags(unixMode: number): number {
  let flags = 0;
  for (const [unix, go] of FLAGS) if ((unixMode & unix) !== 0) flags += go;
  return flags;
}
