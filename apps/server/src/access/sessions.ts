import { putPrivateFile, readPrivateFile } from '@holdfast/home';
import { type Clock, type RandomBytes, toHex } from '@holdfast/kernel';
import { z } from 'zod';
import { hashOf } from './links.ts';

const LIFE_MS = 30 * 24 * 3_600_000;
/** Being seen is written down this often: a restart forgets no more of it. */
const WRITE_EVERY_MS = 3_600_000;
/** Browsers that may be in at once; the one not seen for longest goes. */
const MOST = 100;

const stored = z.strictObject({
  sessions: z.array(z.strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/), seen: z.number() })),
});

interface Session {
  seen: number;
  written: number;
}

/** Who is in. Only hashes of the sessions' names are kept, in a private file, so that they outlive a restart. */
export class Sessions {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #random: RandomBytes;
  readonly #sessions = new Map<string, Session>();
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, clock: Clock, random: RandomBytes) {
    this.#path = path;
    this.#clock = clock;
    this.#random = random;
  }

  /** Those that a file has; a file that makes no sense has none, and everybody has to come in again. */
  static async load(path: string, clock: Clock, random: RandomBytes): Promise<Sessions> {
    const sessions = new Sessions(path, clock, random);
    const text = await readPrivateFile(path);
    for (const { hash, seen } of parsed(text)) sessions.#sessions.set(hash, { seen, written: seen });
    return sessions;
  }

  /** The name of a new session, for its cookie. */
  async begin(): Promise<string> {
    const name = toHex(this.#random(32));
    const now = this.#now();
    this.#sessions.set(hashOf(name), { seen: now, written: now });
    this.#dropOld(now);
    await this.#write();
    return name;
  }

  /** True for the name of a session that was seen in the last thirty days; it is seen now. */
  isOpen(name: string | undefined): boolean {
    if (name === undefined) return false;
    const hash = hashOf(name);
    const session = this.#sessions.get(hash);
    if (session === undefined) return false;
    const now = this.#now();
    if (now - session.seen > LIFE_MS) return false;
    session.seen = now;
    if (now - session.written > WRITE_EVERY_MS) {
      session.written = now;
      // A full drive shuts nobody out.
      this.#write().catch(() => {});
    }
    return true;
  }

  /** Ends a session. */
  async end(name: string | undefined): Promise<void> {
    if (name !== undefined && this.#sessions.delete(hashOf(name))) await this.#write();
  }

  /** Ends all sessions but one. */
  async endOthers(name: string | undefined): Promise<void> {
    const own = name === undefined ? undefined : hashOf(name);
    for (const hash of this.#sessions.keys()) if (hash !== own) this.#sessions.delete(hash);
    await this.#write();
  }

  #dropOld(now: number): void {
    const byAge = [...this.#sessions].sort(([, a], [, b]) => b.seen - a.seen);
    for (const [index, [hash, { seen }]] of byAge.entries())
      if (index >= MOST || now - seen > LIFE_MS) this.#sessions.delete(hash);
  }

  #now(): number {
    return this.#clock.now().epochMilliseconds;
  }

  #write(): Promise<void> {
    const next = this.#writing
      .catch(() => {})
      .then(() => {
        const sessions = [...this.#sessions].map(([hash, { seen }]) => ({ hash, seen }));
        return putPrivateFile(this.#path, `${JSON.stringify({ sessions })}\n`);
      });
    this.#writing = next;
    return next;
  }
}

function parsed(text: string | undefined): readonly { hash: string; seen: number }[] {
  if (text === undefined) return [];
  try {
    return stored.parse(JSON.parse(text)).sessions;
  } catch {
    return [];
  }
}
