import { z } from 'zod';
import { id, reason } from '../lines/parts.ts';
import { REASONS, type ReasonCode } from '../reasons.ts';
import { ITEM_KINDS, ITEM_STATES, ITEM_TYPES } from '../states.ts';
import * as backups from './backups.ts';
import * as care from './care.ts';
import * as devices from './devices.ts';
import * as doctor from './doctor.ts';
import { listOf, type OperationTable, page } from './operation.ts';
import * as restores from './restores.ts';
import * as runs from './runs.ts';
import * as session from './session.ts';
import * as settings from './settings.ts';

const device = z.object({ device: z.string().min(1).max(200) });
const run = z.object({ run: z.string().min(1).max(200) });
const backup = z.object({ backup: id });
const text = z.string().max(200);
const reasons = Object.keys(REASONS) as [ReasonCode, ...ReasonCode[]];

/** Shapes of every operation's input and output, by the names in `ROUTES`. A refusal answers a 4xx status and a `problem`. */
export const OPERATIONS = {
  session: { summary: 'Whether this browser may come in.', answer: session.session },
  logIn: { summary: 'Come in with the password.', body: session.credentials, answer: session.session },
  logOut: { summary: 'Go out.', answer: session.done },

  home: { summary: 'The first screen: a card a device.', answer: devices.home },
  dismissAlert: {
    summary: 'The person knows.',
    params: z.object({ alert: z.string().min(1).max(300) }),
    answer: session.done,
  },

  devices: { summary: 'Devices in sight and known.', answer: devices.deviceList },
  device: { summary: 'A device and its rules.', params: device, answer: devices.deviceDetail },
  addFolder: {
    summary: 'Back up a folder of this computer too.',
    body: devices.newFolder,
    answer: devices.deviceDetail,
  },
  removeDevice: {
    summary: 'Take a device off the first screen; its backups stay.',
    params: device,
    answer: session.done,
  },
  setRules: {
    summary: 'What of a device is backed up, and when.',
    params: device,
    body: devices.rules,
    answer: devices.deviceDetail,
  },
  setBackupOn: {
    summary: 'Turn automatic backup on or off.',
    params: device,
    body: z.strictObject({ isOn: z.boolean() }),
    answer: devices.deviceDetail,
  },
  deviceFolders: {
    summary: 'Folders of a device right below a path.',
    params: device,
    query: z.object({ under: z.string().max(8192).default('') }),
    answer: devices.folderList,
  },
  items: {
    summary: 'The ledger: items of a device and their states.',
    params: device,
    query: page.extend({
      states: listOf(ITEM_STATES).optional(),
      reasons: listOf(reasons).optional(),
      kinds: listOf(ITEM_KINDS).optional(),
      /** A folder's path, or an item's. */
      under: z.string().max(8192).optional(),
      text: text.optional(),
      /** `true`: what is no longer on the device too; `only`: nothing else. Default: what is there. */
      gone: z.enum(['true', 'only']).optional(),
    }),
    answer: devices.itemPage,
  },
  counts: { summary: 'Items of a device, counted.', params: device, answer: devices.itemCounts },
  holdItems: {
    summary: 'Skip, hold or let go single items.',
    params: device,
    body: devices.holds,
    answer: devices.deviceDetail,
  },
  pairable: { summary: 'Phones in the network that wait to be paired.', answer: devices.pairableList },
  pair: { summary: 'Pair with a phone by its code.', body: devices.pairing, answer: session.done },

  runs: {
    summary: 'Runs under way, and the last ones.',
    query: z.object({ device: z.string().max(200).optional() }),
    answer: runs.runList,
  },
  run: { summary: 'A run.', params: run, answer: runs.run },
  startRun: { summary: 'Begin a run.', body: runs.runRequest, answer: runs.run },
  pauseRun: { summary: 'Pause a run: what is proved stays.', params: run, answer: runs.run },
  resumeRun: { summary: 'Go on with a paused run.', params: run, answer: runs.run },
  stopRun: { summary: 'Stop a run: what is proved stays.', params: run, answer: runs.run },
  runItems: {
    summary: 'What a run set aside, or what became of its items.',
    params: run,
    query: page.extend({ states: listOf(ITEM_STATES).optional(), reason: reason.optional() }),
    answer: runs.runItemPage,
  },

  backups: {
    summary: 'All backups.',
    query: z.object({ device: z.string().max(200).optional() }),
    answer: backups.backupList,
  },
  backup: { summary: 'A backup.', params: backup, answer: backups.backup },
  contents: {
    summary: 'What is in a backup, by type.',
    params: backup,
    answer: backups.backupContents,
  },
  days: {
    summary: 'Days with photos and videos.',
    params: backup,
    query: z.object({ kinds: listOf(['photo', 'video']).optional() }),
    answer: backups.dayList,
  },
  media: {
    summary: 'Photos and videos, the newest first.',
    params: backup,
    query: z.object({
      kinds: listOf(['photo', 'video']).optional(),
      from: z.coerce.number().int().nonnegative().default(0),
      limit: z.coerce.number().int().min(1).max(1000).default(200),
    }),
    answer: backups.mediaSlice,
  },
  about: {
    summary: 'What a photo or video says of itself.',
    params: backup.extend({ entry: z.coerce.number().int().nonnegative() }),
    answer: backups.aboutMedia,
  },
  files: {
    summary: 'A folder of a backup.',
    params: backup,
    query: page.extend({ folder: z.coerce.number().int().nonnegative().optional() }),
    answer: backups.fileList,
  },
  threads: {
    summary: 'Message threads.',
    params: backup,
    query: page,
    answer: backups.threadList,
  },
  messages: {
    summary: 'Messages of a thread.',
    params: backup.extend({ thread: z.coerce.number().int().nonnegative() }),
    query: page,
    answer: backups.messageList,
  },
  records: {
    summary: 'Contacts, calls, events, apps or settings.',
    params: backup,
    query: page.extend({
      type: z.enum(['contacts', 'calls', 'calendar', 'apps', 'settings']),
      text: text.optional(),
    }),
    answer: backups.recordList,
  },
  record: {
    summary: 'All that a contact, call, event, app or setting says.',
    params: backup.extend({ entry: z.coerce.number().int().nonnegative() }),
    answer: backups.recordDetail,
  },
  search: {
    summary: 'Search in everything of a backup.',
    params: backup,
    query: page.extend({ text: text.min(1), types: listOf(ITEM_TYPES).optional() }),
    answer: backups.searchResult,
  },
  compare: {
    summary: 'How this backup differs from an older one.',
    params: backup,
    query: page.extend({ with: id, change: z.enum(['added', 'removed', 'changed']).optional() }),
    answer: backups.comparison,
  },
  download: {
    summary: 'Make a selection ready to be downloaded as one zip.',
    params: backup,
    body: backups.selection,
    answer: backups.downloadTicket,
  },

  planRestore: {
    summary: 'Plan what giving back would do; nothing is written.',
    body: restores.restoreRequest,
    answer: restores.restorePlan,
  },
  plannedItems: {
    summary: 'Items of a plan.',
    params: z.object({ plan: z.string().min(1).max(200) }),
    query: page.extend({ comesTo: z.enum(restores.PLANNED) }),
    answer: restores.plannedItemPage,
  },

  doctor: {
    summary: 'Why Google Photos on a phone is not backing up: asks the phone, changes nothing.',
    params: device,
    query: z.object({
      /** Reads the screen also where that stops a screen reader for a moment. */
      readScreen: z.literal('true').optional(),
    }),
    answer: doctor.doctorReport,
  },
  planFix: {
    summary: 'What a fix would do.',
    params: device,
    body: z.strictObject({ code: z.string().min(1).max(100) }),
    answer: doctor.fixPlan,
  },
  applyFix: {
    summary: 'Carry a plan of a fix out.',
    params: device,
    body: doctor.consent,
    answer: doctor.fixRecord,
  },
  fixRecords: {
    summary: 'Fixes that were carried out on a phone.',
    params: device,
    answer: doctor.fixRecords,
  },
  undoFix: {
    summary: 'Put back what a fix changed.',
    params: device.extend({ fix: z.string().min(1).max(200) }),
    answer: doctor.fixRecord,
  },
  ownDoctor: { summary: 'What is wrong with our own work.', answer: doctor.ownReport },

  repository: { summary: 'How the repository is.', answer: care.repository },
  planForget: {
    summary: 'Plan which backups retention removes.',
    body: care.forgetRequest,
    answer: care.forgetPlan,
  },
  changePassword: {
    summary: 'Change the password of the repository.',
    body: care.passwordChange,
    answer: session.done,
  },
  recoveryKit: { summary: 'The recovery kit, to be printed.', answer: care.recoveryKit },

  settings: { summary: 'Settings of all devices together.', answer: settings.settings },
  setSettings: { summary: 'Change the settings.', body: settings.settings, answer: settings.settings },
  setAccessPassword: {
    summary: 'Set the password for coming in over the network.',
    body: settings.accessPassword,
    answer: session.done,
  },
  testNotification: {
    summary: 'Send a test over one channel.',
    body: settings.channel,
    answer: session.done,
  },
  diagnostics: {
    summary: 'States, reasons and last runs, without names, numbers, places or secrets.',
    answer: z.strictObject({ text: z.string() }),
  },
} as const satisfies OperationTable;
