import { wordsIn } from './known-names.ts';
import { maskText } from './mask-text.ts';

/** Properties that say which phone it is of all of its kind, and of what kind its Android is. */
const KEPT = [
  /^ro\.build\.(?!user$|host$)/,
  /^ro\.(?:system|vendor|odm|product)\.build\.(?!user$|host$)/,
  /^ro\.product\.(?!.*(?:serial|imei|meid|mac))/,
  /^ro\.(?:crypto\.(?:state|type)|debuggable|secure|adb\.secure|board\.platform|hardware|treble\.enabled|vndk\.version)$/,
  /^ro\.boot\.(?:hardware|verifiedbootstate)$/,
  /^ro\.(?:miui\.ui\.version\.(?:name|code)|config\.marketing_name|vendor\.oplus\.market\.name|oppo\.market\.name|vivo\.market\.name)$/,
  /^(?:sys\.boot_completed|dev\.bootcomplete|sys\.user\.0\.ce_available|persist\.sys\.usb\.config|sys\.usb\.state)$/,
];

/** Others whose names stay. */
const KNOWN: ReadonlySet<string> = wordsIn(`
  ro.serialno ro.boot.serialno gsm.sim.state gsm.operator.alpha persist.sys.locale persist.sys.timezone ro.csc.sales_code
  net.hostname persist.sys.device_name`);

/** Whether a property's value stays. */
const isKept = (name: string): boolean => KEPT.some((pattern) => pattern.test(name));

/** What `getprop NAME` printed. */
export const maskProperty = (name: string, value: string): string =>
  isKept(name) && /^[^\n]*\n?$/.test(value) ? value : maskText(value);

/** The name of a property; of those that are not known to be the same on all phones, its form. */
export const maskPropertyName = (name: string): string =>
  isKept(name) || KNOWN.has(name) ? name : maskText(name);

const ROW = /^\[([^\]\n]+)\]: \[/gm;

/** What `getprop` printed: a row each, and the values of those that are about the kind of phone. */
export function maskProperties(text: string): string {
  const rows = [...text.matchAll(ROW)];
  let masked = maskText(text.slice(0, rows[0]?.index ?? text.length));
  for (const [at, row] of rows.entries()) {
    const name = row[1] ?? '';
    const value = text.slice(row.index + row[0].length, rows[at + 1]?.index ?? text.length);
    // One of several lines, or cut off, may hold what is not its own.
    const stays = isKept(name) && /^[^\n]*\]\r?\n?$/.test(value);
    masked += `[${maskPropertyName(name)}]: [${stays ? value : maskText(value)}`;
  }
  return masked;
}

/** The value of a property in what `getprop` printed. */
export function propertyIn(text: string, name: string): string | undefined {
  return new RegExp(`^\\[${RegExp.escape(name)}\\]: \\[([^\\]\\n]+)\\]\\r?$`, 'm').exec(text)?.[1];
}
