import type { Catalog } from '@holdfast/catalog';
import type { AndroidPhone } from '@holdfast/devices/android';
import {
  COMPLAINT_CODES,
  type Examination,
  type ExamineOptions,
  examine,
  type SeenSince,
  seenSince,
} from '@holdfast/doctor';
import { z } from 'zod';

/** An earlier look that is longer ago says nothing of what was so in between. */
const SAME_TROUBLE = Temporal.Duration.from({ hours: 72 });

/**
 * What a look at a phone came to, by what earlier looks saw: some trouble counts only once it has lasted. What is so now is kept in
 * the catalog for the next look.
 */
export async function lookAgain(
  phone: AndroidPhone,
  catalog: Pick<Catalog, 'setting' | 'set'>,
  options: Omit<ExamineOptions, 'since'>,
): Promise<Examination> {
  const key = `doctor-seen:${phone.device.id}`;
  const before = seenBefore(await catalog.setting(key), options.clock.now());
  const examination = await examine(phone, { ...options, since: before });
  const { diagnosis, at } = examination;
  const since = seenSince(diagnosis, at, before);
  await catalog.set(key, JSON.stringify({ at, since: Object.fromEntries(since) }));
  return examination;
}

const shape = z.object({ at: z.string(), since: z.record(z.string(), z.string()) });

/** What an earlier look kept; nothing where there was none lately, or what is there makes no sense. */
function seenBefore(text: string | undefined, now: Temporal.Instant): SeenSince {
  try {
    const { at, since } = shape.parse(JSON.parse(text ?? ''));
    const ago = now.since(Temporal.Instant.from(at));
    if (ago.sign < 0 || Temporal.Duration.compare(ago, SAME_TROUBLE) > 0) return new Map();
    return new Map(
      COMPLAINT_CODES.flatMap((code) => {
        const from = since[code];
        return from === undefined ? [] : [[code, Temporal.Instant.from(from)]];
      }),
    );
  } catch {
    return new Map();
  }
}
