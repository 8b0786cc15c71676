import { homedir, hostname, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { systemClock } from '@holdfast/kernel';
import type { World } from '#world.ts';
import { isProcessAlive, processMark } from './is-process-alive.ts';
import { openLink } from './open-link.ts';
import { streamOutlet } from './stream-outlet.ts';
import { terminalInlet } from './terminal-inlet.ts';

/** The world of this process. */
export function processWorld(signal: AbortSignal): World {
  return {
    env: process.env,
    cwd: process.cwd(),
    platform: process.platform,
    homeFolder: homeFolder(),
    stdin: terminalInlet(process.stdin, process.stderr),
    stdout: streamOutlet(process.stdout),
    stderr: streamOutlet(process.stderr),
    clock: systemClock,
    // `Temporal.Now.timeZoneId()` is no zone that can be used where TZ is set to nothing.
    timeZone: Temporal.Now.zonedDateTimeISO().timeZoneId,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    identity: {
      hostname: hostname(),
      username: username(),
      pid: process.pid,
      uid: process.getuid?.() ?? 0,
      gid: process.getgid?.() ?? 0,
    },
    isProcessAlive,
    processMark,
    webFolder: join(import.meta.dirname, '../../../web/dist'),
    openLink: (link) => openLink(link, process),
    signal,
  };
}

/** With `HOME` set to nothing, or to no whole path, everything would be kept in whatever folder this was started in. */
function homeFolder(): string {
  const named = homedir();
  if (isAbsolute(named)) return named;
  try {
    return userInfo().homedir;
  } catch {
    return named;
  }
}

/** Some accounts, in containers, have a number and no name. */
function username(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
