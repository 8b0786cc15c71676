import { visibleText } from '@holdfast/kernel';
import type { Properties } from './properties.ts';
import { ABSENT, type Told, told, understood, valueOf } from './told.ts';

/** What a phone says of itself. */
export interface PhoneFacts {
  /** Its serial number, the same by cable and over Wi-Fi. */
  readonly serial: Told<string>;
  readonly manufacturer: Told<string>;
  readonly model: Told<string>;
  /** What it is sold as, where its maker says so. */
  readonly marketingName: Told<string>;
  /** What the person calls it (`device_name` of the settings); what its maker calls it, where nobody changed that. */
  readonly ownName: Told<string>;
  /** Of Android: `14`. */
  readonly release: Told<string>;
  /** The number of its interface for programs: 34 for Android 14. */
  readonly sdk: Told<number>;
  /** Whether it was unlocked since it started: before that, its files are sealed. Absent on phones that do not say. */
  readonly isUnlocked: Told<boolean>;
}

/** Where makers put the name a phone is sold by: Huawei and others, Xiaomi, OPPO and realme, OnePlus, vivo. */
const MARKETING_NAMES = [
  'ro.config.marketing_name',
  'ro.product.marketname',
  'ro.vendor.oplus.market.name',
  'ro.oppo.market.name',
  'ro.vivo.market.name',
];

/** What `getprop` says about the phone, and `settings get global device_name`. */
export function phoneFacts(properties: Properties, deviceName = ''): PhoneFacts {
  return {
    serial: firstOf(properties, ['ro.serialno', 'ro.boot.serialno']),
    manufacturer: properties('ro.product.manufacturer'),
    model: properties('ro.product.model'),
    marketingName: firstOf(properties, MARKETING_NAMES),
    ownName: ownNameIn(deviceName),
    release: properties('ro.build.version.release'),
    sdk: understood(properties('ro.build.version.sdk'), wholeNumber),
    isUnlocked: unlocked(properties),
  };
}

/**
 * What to call it: as the person does, fit for one line. Where they did not name it (the model alone stands there then, of AOSP's `SettingsProvider`),
 * as {@link modelNameOf}.
 */
export function nameOf(facts: PhoneFacts): string {
  const own = valueOf(facts.ownName);
  const others = [facts.model, facts.marketingName].map((fact) => valueOf(fact)?.toLowerCase());
  return own === undefined || others.includes(own.toLowerCase()) ? modelNameOf(facts) : own;
}

/** What it is sold as, with its maker's name before it where that is not part of it. */
export function modelNameOf({ marketingName, manufacturer, model }: PhoneFacts): string {
  const name = valueOf(marketingName) ?? valueOf(model) ?? 'Android phone';
  const maker = valueOf(manufacturer);
  if (maker === undefined || name.toLowerCase().startsWith(maker.toLowerCase())) return name;
  return `${maker.charAt(0).toUpperCase()}${maker.slice(1)} ${name}`;
}

/** Longest name that is shown whole on a card. */
const LONGEST_NAME = 60;

/** A name, with something in it that can be seen. `settings` says `null` for none. */
function ownNameIn(printed: string): Told<string> {
  const name = printed.replace(/\s+/g, ' ').trim();
  const seen = name.replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  if (name === 'null' || !/[\p{L}\p{N}\p{S}]/u.test(seen)) return ABSENT;
  return told(visibleText(name, LONGEST_NAME));
}

function firstOf(properties: Properties, names: readonly string[]): Told<string> {
  const facts = names.map(properties);
  return (
    facts.find((fact) => fact.kind === 'value') ??
    facts.find((fact) => fact.kind === 'unrecognised') ??
    ABSENT
  );
}

/**
 * The first user's storage that is sealed with their code is open from the first unlocking on (`sys.user.0.ce_available`, on which
 * start-up scripts of phones with file-based encryption wait); storage that is not encrypted always is.
 */
function unlocked(properties: Properties): Told<boolean> {
  if (valueOf(properties('ro.crypto.state')) === 'unencrypted') return told(true);
  const fact = properties('sys.user.0.ce_available');
  if (fact.kind === 'absent' && valueOf(properties('ro.crypto.type')) === 'file') {
    const isStarted = valueOf(properties('sys.boot_completed')) === '1';
    return isStarted ? fact : told(false);
  }
  return understood(fact, (text) => (text === 'true' ? true : text === 'false' ? false : undefined));
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
