import { type Call, parseCalls } from '@holdfast/records';
import { callsPart } from '../../parts/calls/calls-part.ts';
import { words } from '../../parts/words.ts';
import { type Row, rowWords, unbindableRow } from '../script/bind.ts';
import { runSteps } from '../script/run-steps.ts';
import { pickRow } from './pick-row.ts';
import { complaintsOf, type RecordKind } from './record-kind.ts';

const CALLS = 'content://call_log/calls';

/** Voicemail is another permission's, and shown to nobody (AOSP `CallLogProvider`). */
const VOICEMAIL = '4';

/** What of a call means the same on another phone: no accounts, pictures and contacts of this one. */
const NUMBERS = words('presentation date duration data_usage type features new is_read numbertype');
const TEXTS = words(
  'number post_dial_digits via_number name numberlabel countryiso geocoded_location formatted_number normalized_number',
);

const rowOf = ({ columns }: Call): Row => pickRow(columns, NUMBERS, TEXTS);

/** Calls, a row each. */
export const CALLS_KIND: RecordKind<Call> = {
  kind: 'call',
  part: callsPart,
  isMade: (path) => path === 'calls/calls.ndjson',
  parse: parseCalls,
  recordOf: (call) => call,
  refuse(call) {
    if (call.columns['type'] === VOICEMAIL)
      return { reason: 'not-given-back-here', detail: 'a call to voicemail' };
    return unbindableRow(rowOf(call));
  },
  async begin({ dialect, phone, clock }) {
    const link = { transport: phone.transport, ...(clock && { clock }) };
    return {
      async give(batch, signal) {
        const steps = batch.map(({ number, record }) => [
          { number, words: rowWords(dialect, { uri: CALLS, row: rowOf(record) }) },
        ]);
        return complaintsOf(await runSteps(link, steps, signal));
      },
      async [Symbol.asyncDispose]() {},
    };
  },
};
