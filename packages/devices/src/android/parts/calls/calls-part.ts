import { type Call, formatCalls } from '@holdfast/records';
import { countOf, readTable } from '../../content/read-table.ts';
import { type KnownTable, shapeOf } from '../../content/shape.ts';
import { oneFilePart } from '../one-file-part.ts';
import { type PartOptions, type SourcePart, type Tell, toldRecord, unreadableRow } from '../part.ts';
import { words } from '../words.ts';

const CALLS = 'content://call_log/calls';

/** Columns of AOSP's `CallLogProvider`; vendors have others besides. */
const COLUMNS: KnownTable = {
  isOpen: true,
  numbers: words(
    `presentation date duration data_usage type features new numbertype is_read photo_id last_modified add_for_all_users
    block_reason missed_reason priority is_call_log_phone_account_migration_pending`,
  ),
  texts: words(
    `number post_dial_digits via_number subscription_component_name subscription_id phone_account_address name numberlabel
    countryiso voicemail_uri geocoded_location lookup_uri matched_number normalized_number photo_uri formatted_number
    transcription transcription_state call_screening_app_name call_screening_component_name subject location
    composer_photo_uri`,
  ),
};

/** A line has the row and the names of its columns. */
const BYTES_EACH = 700;

/** Calls: `calls.ndjson`. Calls to voicemail need another permission, and are not in it (AOSP `CallLogProvider`). */
export function callsPart(options: PartOptions): SourcePart {
  const { link } = options;
  async function* calls(tell: Tell, signal?: AbortSignal): AsyncGenerator<Call, void, undefined> {
    const shape = await shapeOf(link, CALLS, COLUMNS, signal);
    for await (const row of readTable(link, { uri: CALLS, shape }, signal)) {
      if (row.problem !== undefined) {
        tell(unreadableRow('call', 'calls', row));
        continue;
      }
      const call = { kind: 'call' as const, columns: row.columns };
      tell(toldRecord(call, 'call'));
      yield call;
    }
  }
  return oneFilePart(options, {
    name: 'calls',
    file: 'calls.ndjson',
    bytesEach: BYTES_EACH,
    count: (signal) => countOf(link, { uri: CALLS }, signal),
    bytes: (tell, signal) => formatCalls(calls(tell, signal)),
  });
}
