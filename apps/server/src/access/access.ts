import { join } from 'node:path';
import type { Session } from '@holdfast/contract/api';
import { type Clock, Failure, type RandomBytes } from '@holdfast/kernel';
import { SERVER_FAILURES } from '../failures.ts';
import { Links } from './links.ts';
import type { Served } from './origin.ts';
import { AccessPassword } from './password.ts';
import { Sessions } from './sessions.ts';
import { Tries } from './tries.ts';

/** Who may come in, and how. */
export interface Access {
  readonly served: Served;
  readonly version: string;
  readonly links: Links;
  readonly sessions: Sessions;
  readonly password: AccessPassword;
  /** A session for the password. Fails with `server/wrong-password`, and `server/too-many-tries` with nothing looked at. */
  logIn(password: string, address: string): Promise<string>;
}

/** What access needs of the world. */
export interface AccessOptions {
  /** The home folder: `sessions` and `access` are kept there. */
  readonly folder: string;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly served: Served;
  readonly version: string;
}

/**
 * Who may come in, from what the home folder says. Fails with `server/needs-password` where other computers of the network could come in and no
 * password keeps them from it.
 */
export async function openAccess({ folder, clock, random, served, version }: AccessOptions): Promise<Access> {
  const [sessions, password] = await Promise.all([
    Sessions.load(join(folder, 'sessions'), clock, random),
    AccessPassword.load(join(folder, 'access'), random),
  ]);
  if (served.isNetwork && !password.isSet)
    throw new Failure(SERVER_FAILURES.needsPassword, 'There is no password for coming in over the network', {
      hint: 'Set one with "holdfast serve --set-password", or in Settings when started without --host; then start again.',
    });
  const tries = new Tries(clock);
  let checking: Promise<unknown> = Promise.resolve();
  return {
    served,
    version,
    links: new Links(clock, random),
    sessions,
    password,
    async logIn(given, address) {
      const waitMs = tries.take(address);
      if (waitMs > 0) throw tooManyTries(waitMs);
      // One at a time: each takes 64 MiB and a core.
      const matching = checking.then(() => password.matches(given));
      checking = matching.catch(() => {});
      if (!(await matching)) throw wrongPassword();
      tries.succeeded(address);
      return sessions.begin();
    },
  };
}

/** What a browser is told of its session. */
export function sessionOf({ served, password, version }: Access, isOpen: boolean): Session {
  if (isOpen) return { kind: 'open', reach: served.isNetwork ? 'network' : 'this-computer', version };
  return { kind: 'closed', needs: password.isSet ? 'password' : 'link' };
}

const wrongPassword = (): Failure =>
  new Failure(SERVER_FAILURES.wrongPassword, 'That is not the password', {
    hint: 'Try again. The link that "holdfast" prints on the computer it runs on comes in without.',
  });

const tooManyTries = (waitMs: number): Failure =>
  new Failure(SERVER_FAILURES.tooManyTries, 'Too many tries', {
    hint: `Wait ${inWords(waitMs)} and try again.`,
    retry: 'later',
    details: { waitSeconds: Math.ceil(waitMs / 1000) },
  });

const inWords = (ms: number): string =>
  ms > 90_000 ? `${Math.ceil(ms / 60_000)} minutes` : `${Math.ceil(ms / 1000)} seconds`;
