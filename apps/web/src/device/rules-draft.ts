import type { Retention, Rules } from '@holdfast/contract/api';

const GIGABYTE = 1e9;

/** Rules as they are written in a form: numbers are text until they are right. */
export interface RulesDraft extends Pick<Rules, 'isOn' | 'types' | 'foldersOff' | 'items' | 'onlyCharging'> {
  /** In gigabytes; empty: any size. */
  readonly maxSize: string;
  readonly newerThan: string;
  readonly minBattery: string;
  readonly hasQuietHours: boolean;
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly hours: string;
  readonly retention: RetentionDraft;
}

/** How many backups stay, as text: empty for none of that kind. */
export type RetentionDraft = Readonly<Record<keyof Retention, string>>;

/** Fields of a draft that are wrong, with a sentence each. */
export type DraftErrors = Readonly<
  Partial<
    Record<'types' | 'maxSize' | 'newerThan' | 'minBattery' | 'hours' | 'quiet' | keyof Retention, string>
  >
>;

/** Rules as they are written in a form. */
export function draftOf(rules: Rules): RulesDraft {
  const { isOn, types, foldersOff, items, onlyCharging, maxSizeBytes, minBatteryPercent, quietHours } = rules;
  return {
    isOn,
    types,
    foldersOff,
    items,
    onlyCharging,
    maxSize: maxSizeBytes === undefined ? '' : String(maxSizeBytes / GIGABYTE),
    newerThan: rules.newerThan ?? '',
    minBattery: numberText(minBatteryPercent),
    hasQuietHours: quietHours !== undefined,
    quietFrom: quietHours?.from ?? '22:00',
    quietTo: quietHours?.to ?? '07:00',
    hours: numberText(rules.minHoursBetween),
    retention: retentionDraftOf(rules.retention),
  };
}

/** The rules of a draft, or what is wrong with it. */
export function readDraft(draft: RulesDraft): { rules: Rules } | { errors: DraftErrors } {
  const size = draft.maxSize.trim() === '' ? undefined : Number(draft.maxSize.replace(',', '.'));
  const battery = wholeNumber(draft.minBattery);
  const hours = wholeNumber(draft.hours);
  const kept = readRetention(draft.retention);
  const errors: DraftErrors = {
    ...(draft.types.length === 0 && { types: 'Tick at least one, or turn automatic backup off.' }),
    ...(size !== undefined &&
      !(size > 0 && size <= 1e6) && { maxSize: 'Write a number of gigabytes above 0.' }),
    ...(draft.newerThan !== '' &&
      !/^\d{4}-\d\d-\d\d$/.test(draft.newerThan) && { newerThan: 'Choose a day.' }),
    ...(isOutside(battery, 1, 100) && { minBattery: 'Write a whole number from 1 to 100.' }),
    ...(isOutside(hours, 1, 744) && { hours: 'Write a whole number from 1 to 744, which is a month.' }),
    ...(draft.hasQuietHours &&
      (draft.quietFrom === '' || draft.quietTo === '' || draft.quietFrom === draft.quietTo) && {
        quiet: 'Choose two different times.',
      }),
    ...('errors' in kept && kept.errors),
  };
  if (Object.keys(errors).length > 0 || 'errors' in kept) return { errors };
  return {
    rules: {
      isOn: draft.isOn,
      types: draft.types,
      foldersOff: draft.foldersOff,
      items: draft.items,
      onlyCharging: draft.onlyCharging,
      ...(size !== undefined && { maxSizeBytes: Math.round(size * GIGABYTE) }),
      ...(draft.newerThan !== '' && { newerThan: draft.newerThan }),
      ...(typeof battery === 'number' && { minBatteryPercent: battery }),
      ...(draft.hasQuietHours && { quietHours: { from: draft.quietFrom, to: draft.quietTo } }),
      ...(typeof hours === 'number' && { minHoursBetween: hours }),
      retention: kept.retention,
    },
  };
}

/** Retention as it is written in a form. */
export const retentionDraftOf = (retention: Retention): RetentionDraft => ({
  keepLast: numberText(retention.keepLast),
  keepDaily: numberText(retention.keepDaily),
  keepWeekly: numberText(retention.keepWeekly),
  keepMonthly: numberText(retention.keepMonthly),
  keepYearly: numberText(retention.keepYearly),
});

/** The retention of a draft, or what is wrong with it. */
export function readRetention(draft: RetentionDraft): { retention: Retention } | { errors: DraftErrors } {
  const names = Object.keys(draft) as (keyof Retention)[];
  const numbers = names.map((name) => [name, wholeNumber(draft[name])] as const);
  const wrong = numbers.filter(([, number]) => isOutside(number, 0, 100_000));
  if (wrong.length > 0)
    return { errors: Object.fromEntries(wrong.map(([name]) => [name, 'Write a whole number, or nothing.'])) };
  return { retention: Object.fromEntries(numbers.filter(([, number]) => number !== undefined)) };
}

/** The draft with a folder on or off. What lies in a folder that is off is off with it, and need not be named. */
export function withFolder(foldersOff: readonly string[], path: string, isOff: boolean): string[] {
  const others = foldersOff.filter((folder) => folder !== path && !(isOff && folder.startsWith(`${path}/`)));
  return isOff ? [...others, path].toSorted() : others;
}

const numberText = (number: number | undefined): string => (number === undefined ? '' : String(number));

/** `undefined` for nothing, `NaN` for what is no whole number. */
function wholeNumber(text: string): number | undefined {
  if (text.trim() === '') return undefined;
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN;
}

const isOutside = (number: number | undefined, least: number, most: number): boolean =>
  number !== undefined && !(number >= least && number <= most);
