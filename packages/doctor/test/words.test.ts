import { doesNotMatch, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { COMPLAINT_CODES, COMPLAINTS } from '@holdfast/doctor';
import { provoke } from '@holdfast/testkit/phone';
import { fixOf, SAFE_ORDER } from '#fixes/fixes.ts';
import { found, littlePhone } from '../test-setup/matrix.ts';

/** What no person should have to read: words of programmers, and what is left where a value was to be. */
const JARGON =
  /undefined|null|NaN|\[object|\$\{|TODO|\b(?:appops?|netpolicy|uid|sdk|dumpsys|jobscheduler|bucket|whitelist|blacklist|package|intent|provider|constraint|idle|doze|daemon|boolean|API)\b/i;

for (const code of SAFE_ORDER)
  test(`it says in plain words what ${code} does, as an order`, () => {
    const { title, explain } = fixOf(code);
    match(title, /^[A-Z][a-z]+ [^.]{3,}[^.]$/);
    match(explain, /^[A-Z].{15,}\.$/s);
    doesNotMatch(`${title} ${explain}`, JARGON);
    // "Photos wait …" or "The …" is no order.
    doesNotMatch(title, /^(?:The|A|An|Google|Your|Some|It|There|Backing|Turning)\b/);
  });

for (const code of COMPLAINT_CODES)
  test(`it says in plain words that ${code}, and what to do`, async () => {
    const entry = COMPLAINTS.get(code);
    ok(entry);
    for (const release of [14, 9] as const) {
      const android = littlePhone({ release });
      if (!provoke(android, code)) continue;
      const { facts } = await found(android, [code]);
      const seen = entry.seen(facts, Temporal.Instant.fromEpochMilliseconds(android.now()));
      if (seen === undefined) continue;
      const { title } = entry;
      const explain = entry.explain(seen);
      const fix = entry.fix(seen);
      match(title, /^[A-Z].{8,}[^.]$/s);
      match(explain, /^\S.{15,}[.!)”]$/s);
      match(fix, /^[A-Z].{10,}[.!)”]$/s);
      doesNotMatch(`${title} ${explain} ${fix}`, JARGON);
      return;
    }
    throw new Error('it was seen on no phone');
  });
