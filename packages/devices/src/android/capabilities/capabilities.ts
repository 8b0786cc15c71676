import { type Capability, type CapabilityReport, capabilityNote, ITEM_TYPES } from '@holdfast/contract';
import type { Clock } from '@holdfast/kernel';
import { contentLink } from '../content/content-query.ts';
import { RECORD_PARTS } from '../parts/record-parts.ts';
import type { AndroidPhone } from '../phone.ts';
import { probeGiveBack } from './give-back.ts';
import { fileRow, recordRow } from './read-rows.ts';

/** Of every type, on every phone. */
const LIMITS = [
  'app-data-private',
  'drafts',
  'contact-pictures',
  'voicemail',
  'wifi-passwords',
  'other-users',
  'whole-seconds',
] as const;

/**
 * What a phone gives and takes, a row for each type: asked of it, without reading records and without changing anything. Fails with
 * `adb/…` only: a refusal is an answer.
 */
export async function capabilitiesOf(
  phone: AndroidPhone,
  { clock, signal }: { readonly clock?: Clock; readonly signal?: AbortSignal } = {},
): Promise<CapabilityReport> {
  const options = { phone, link: contentLink(phone.transport, clock), ...(clock && { clock }) };
  const giveBack = await probeGiveBack(options, signal);
  const types: Capability[] = [];
  for (const type of ITEM_TYPES) {
    const part = RECORD_PARTS.find(([each]) => each === type);
    const row =
      part === undefined ? await fileRow(options, type, signal) : await recordRow(options, part, signal);
    const refusal = row.canRead === 'no' ? row.readNotes[0]?.code : undefined;
    types.push({ ...row, ...giveBack(type, refusal) });
  }
  return { types, limits: LIMITS.map((code) => capabilityNote(code)) };
}
