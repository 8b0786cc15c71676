import { type CapabilityCode, type CapabilityNote, capabilityNote, type ItemType } from '@holdfast/contract';
import { plainText } from '@holdfast/kernel';
import { type Output, outputOf } from '../facts/output.ts';
import { valueOf } from '../facts/told.ts';
import type { PartOptions } from '../parts/part.ts';
import { BIND_PROBE, parseAppOp, parseBindDialect } from './probes.ts';

/** Whether things of a type can be given back, and what to know of that. */
interface GiveBack {
  readonly canGiveBack: 'yes' | 'no' | 'unknown';
  readonly giveBackNotes: readonly CapabilityNote[];
}

/** Gives the answer for a type of which it is known whether it can be read. */
export type GiveBackOf = (type: ItemType, readCode: CapabilityCode | undefined) => GiveBack;

/** Makers whose systems (MIUI and HyperOS, ColorOS) want a second switch before they let a computer change or install anything. */
const SECOND_SWITCH = /^(xiaomi|redmi|poco|oppo|realme|oneplus)$/i;

/** What writing messages hangs on. */
const WRITE_MESSAGES = ['cmd', 'appops', 'get', 'com.android.shell', 'WRITE_SMS'];

/** What is written with the `content` tool. */
const WRITTEN_AS_ROWS: ReadonlySet<ItemType> = new Set(['contacts', 'messages', 'calls', 'calendar']);

/** Asks, without changing anything, what can be given back. Fails with `adb/…`. */
export async function probeGiveBack(
  { phone, clock }: PartOptions,
  signal?: AbortSignal,
): Promise<GiveBackOf> {
  const ask = (words: readonly string[]): Promise<Output> =>
    outputOf(phone.transport, words, clock === undefined ? {} : { clock }, signal);
  const appOp = await ask(WRITE_MESSAGES);
  const mode = parseAppOp(appOp.stdout, 'WRITE_SMS');
  const bind = await ask(BIND_PROBE);
  const dialect = parseBindDialect(bind.stdout + bind.stderr);
  const hasSecondSwitch = SECOND_SWITCH.test(valueOf(phone.facts.manufacturer) ?? '');
  const isLocked = valueOf(phone.facts.isUnlocked) === false;

  return (type, readCode) => {
    if (isLocked) return unknown('phone-locked');
    // Whoever may not read it may not write it either: the permissions come together.
    if (readCode === 'phone-refuses' || readCode === 'no-provider')
      return { canGiveBack: 'no', giveBackNotes: [capabilityNote(readCode)] };
    if (WRITTEN_AS_ROWS.has(type) && dialect.kind !== 'value') return unknown('not-understood', spoken(bind));
    switch (type) {
      case 'messages':
        if (mode.kind === 'unrecognised') return unknown('not-understood', spoken(appOp));
        return hasSecondSwitch ? unknown('maker-switch') : yes('write-messages');
      case 'apps':
        return hasSecondSwitch ? unknown('maker-switch') : yes('install-prompt');
      case 'settings':
        return { canGiveBack: 'no', giveBackNotes: [capabilityNote('settings-only-read')] };
      default:
        return { canGiveBack: 'yes', giveBackNotes: [] };
    }
  };
}

const yes = (code: CapabilityCode): GiveBack => ({
  canGiveBack: 'yes',
  giveBackNotes: [capabilityNote(code)],
});

const unknown = (code: CapabilityCode, detail?: string): GiveBack => ({
  canGiveBack: 'unknown',
  giveBackNotes: [capabilityNote(code, detail)],
});

const spoken = ({ stdout, stderr }: Output): string =>
  plainText((stderr === '' ? stdout : stderr).trim(), 200);
