import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { parseMessages } from '@holdfast/records';
import { NASTY_TEXTS } from '@holdfast/testkit/phone';
import fc from 'fast-check';
import { inPieces } from '../../../test-setup/phone-rows.ts';
import { given, samplePhoneWith } from '../../../test-setup/sample-phones.ts';

/** What people write, and what is written to be taken for rows. */
const piece = fc.oneof(
  fc.constantFrom(...NASTY_TEXTS, '\n', '\r\n', ', ', '=', 'Row: 0 _id=1, body='),
  fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 6 })).map(([row, id]) => `\nRow: ${row} _id=${id}, body=`),
  fc.string({ unit: 'grapheme' }),
);
const text = fc.option(
  fc.array(piece).map((pieces) => pieces.join('').toWellFormed()),
  { nil: null },
);
const bodies = fc.array(text, { maxLength: 6 });

for (const vendor of ['aosp', 'samsung'] as const) {
  test(`it reads any texts as they are on a phone of ${vendor}`, async () => {
    await using phone = await samplePhoneWith({ release: 14, vendor, messages: 0, multimedia: 0 });
    const { database } = phone.android;
    const put = database.prepare('INSERT INTO sms(_id, type, body, subject) VALUES (?, 1, ?, ?)');
    await fc.assert(
      fc.asyncProperty(bodies, async (texts) => {
        database.exec('DELETE FROM sms');
        for (const [at, body] of texts.entries()) put.run(at + 1, body, texts.at(-1 - at) ?? null);
        const { files } = await given(phone.source, 'messages');
        const bytes = files.get('messages/messages.ndjson') ?? new Uint8Array(0);
        const read = await Array.fromAsync(parseMessages(inPieces(bytes)));
        deepEqual(
          read.map((each) => each.kind === 'sms' && [each.columns['body'], each.columns['subject']]),
          texts.map((body, at) => [body ?? undefined, texts.at(-1 - at) ?? undefined]),
        );
      }),
      { numRuns: 40 },
    );
  });
}
