import type { SmsMessage } from '@holdfast/records';
import { SMS } from '../../../parts/messages/tables.ts';
import { words } from '../../../parts/words.ts';
import { type Row, rowWords } from '../../script/bind.ts';
import { runSteps } from '../../script/run-steps.ts';
import { pickRow } from '../pick-row.ts';
import { type Complaints, complaintsOf, type GiveContext, type Numbered } from '../record-kind.ts';

/** What of a message means the same on another phone: its thread, its SIM card and its row are this one's own. */
const NUMBERS = words('date date_sent protocol read status type reply_path_present locked error_code seen');
const TEXTS = words('address subject body service_center');

/** A message as its row; the provider finds its thread by the address (AOSP `SmsProvider`). */
export const smsRow = ({ columns }: SmsMessage): Row => pickRow(columns, NUMBERS, TEXTS);

/** Gives text messages, a row each. */
export async function giveSms(
  { dialect, link }: GiveContext,
  batch: readonly Numbered<SmsMessage>[],
  signal?: AbortSignal,
): Promise<Complaints> {
  const steps = batch.map(({ number, record }) => [
    { number, words: rowWords(dialect, { uri: SMS, row: smsRow(record) }) },
  ]);
  return complaintsOf(await runSteps(link, steps, signal));
}
