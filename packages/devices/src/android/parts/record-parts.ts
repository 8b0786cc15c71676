import type { ItemType } from '@holdfast/contract';
import { appsPart } from './apps/apps-part.ts';
import { calendarPart } from './calendar/calendar-part.ts';
import { callsPart } from './calls/calls-part.ts';
import { contactsPart } from './contacts/contacts-part.ts';
import { messagesPart } from './messages/messages-part.ts';
import type { PartOptions, SourcePart } from './part.ts';
import { settingsPart } from './settings/settings-part.ts';

/** Types that are made of records. */
export type RecordType = Extract<
  ItemType,
  'contacts' | 'messages' | 'calls' | 'calendar' | 'apps' | 'settings'
>;

/** What is made of records, by the type that chooses it. */
export const RECORD_PARTS: readonly (readonly [RecordType, (options: PartOptions) => SourcePart])[] = [
  ['contacts', contactsPart],
  ['messages', messagesPart],
  ['calls', callsPart],
  ['calendar', calendarPart],
  ['apps', appsPart],
  ['settings', settingsPart],
];
