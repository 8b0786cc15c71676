import type { DeviceKind, ItemKind, ItemState, ItemType } from '@holdfast/contract';
import type { Card, Run } from '@holdfast/contract/api';
import type { Tone } from './tone.ts';

/** A word and the colour that goes with it. */
export interface Worded {
  readonly word: string;
  readonly tone: Tone;
}

/** States of items. */
export const STATE_WORDS: Readonly<Record<ItemState, Worded>> = {
  verified: { word: 'Safe', tone: 'good' },
  waiting: { word: 'Waiting', tone: 'wait' },
  skipped: { word: 'Left out', tone: 'idle' },
  failed: { word: 'Failed', tone: 'bad' },
};

/** States of devices. */
export const CARD_WORDS: Readonly<Record<Card['state'], Worded>> = {
  safe: { word: 'Safe', tone: 'good' },
  'in-doubt': { word: 'In doubt', tone: 'wait' },
  'backing-up': { word: 'Backing up', tone: 'busy' },
  waiting: { word: 'Waiting', tone: 'wait' },
  attention: { word: 'Needs a look', tone: 'wait' },
  failed: { word: 'Failed', tone: 'bad' },
  off: { word: 'Backup is off', tone: 'idle' },
  never: { word: 'Not backed up yet', tone: 'wait' },
  'not-seen': { word: 'Not seen', tone: 'wait' },
  'cannot-talk': { word: 'Cannot be read', tone: 'bad' },
};

/** States of runs. */
export const RUN_WORDS: Readonly<Record<Run['state']['kind'], Worded>> = {
  running: { word: 'Under way', tone: 'busy' },
  waiting: { word: 'Waiting', tone: 'wait' },
  pausing: { word: 'Pausing', tone: 'wait' },
  paused: { word: 'Paused', tone: 'wait' },
  stopping: { word: 'Stopping', tone: 'wait' },
  stopped: { word: 'Stopped', tone: 'idle' },
  done: { word: 'Done', tone: 'good' },
  failed: { word: 'Failed', tone: 'bad' },
};

/** What can be chosen to be backed up or given back. */
export const TYPE_WORDS: Readonly<Record<ItemType, string>> = {
  photos: 'Photos',
  videos: 'Videos',
  audio: 'Music and sounds',
  documents: 'Documents',
  other: 'Other files',
  contacts: 'Contacts',
  messages: 'Messages',
  calls: 'Calls',
  calendar: 'Calendar',
  apps: 'Apps',
  settings: 'Phone settings',
};

/** Kinds of item: one, and many. */
export const KIND_WORDS: Readonly<Record<ItemKind, readonly [one: string, many: string]>> = {
  photo: ['photo', 'photos'],
  video: ['video', 'videos'],
  audio: ['sound', 'sounds'],
  document: ['document', 'documents'],
  file: ['other file', 'other files'],
  contact: ['contact', 'contacts'],
  message: ['message', 'messages'],
  call: ['call', 'calls'],
  event: ['event', 'events'],
  app: ['app', 'apps'],
  setting: ['setting', 'settings'],
};

/** Kinds of device. */
export const DEVICE_WORDS: Readonly<Record<DeviceKind, string>> = {
  android: 'Android phone',
  iphone: 'iPhone',
  folder: 'Folder of this computer',
  inbox: 'Inbox',
  takeout: 'Google Takeout',
};

/** `documents` → `Documents`: the beginning of a line. */
export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
