import { malformed } from '#failures.ts';
import { goString } from '#go-json.ts';
import { asCount, asString, asUint32, parseJsonObject } from '#json.ts';
import { isTime } from '#time.ts';

/** Who is at work on the repository: one file in its `locks` folder. */
export interface Lock {
  /** RFC 3339, in any offset; refreshed by writing a new file. */
  readonly time: string;
  readonly exclusive: boolean;
  readonly hostname: string;
  readonly username: string;
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
}

const WHAT = 'a lock';

/** The lock that decoded JSON spells. Throws `restic-format/malformed`. */
export function parseLock(bytes: Uint8Array): Lock {
  const json = parseJsonObject(bytes, WHAT);
  const { time, exclusive } = json;
  if (typeof time !== 'string' || !isTime(time)) throw malformed(WHAT, 'its time is not RFC 3339');
  if (typeof exclusive !== 'boolean') throw malformed(WHAT, 'it does not say whether it is exclusive');
  return {
    time,
    exclusive,
    hostname: asString(json['hostname'] ?? '', WHAT),
    username: asString(json['username'] ?? '', WHAT),
    pid: asCount(json['pid'] ?? 0, WHAT),
    uid: asUint32(json['uid'] ?? 0, WHAT),
    gid: asUint32(json['gid'] ?? 0, WHAT),
  };
}

/** The lock's JSON, as restic writes it. */
export function formatLock({ time, exclusive, hostname, username, pid, uid, gid }: Lock): Uint8Array {
  return Buffer.from(
    `{"time":${goString(time)},"exclusive":${exclusive},"hostname":${goString(hostname)},` +
      `"username":${goString(username)},"pid":${pid}${uid === 0 ? '' : `,"uid":${uid}`}${gid === 0 ? '' : `,"gid":${gid}`}}`,
  );
}
