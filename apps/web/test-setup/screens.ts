import type { Scenario } from './fake-answers.ts';
import { FAKE_BACKUP } from './fake-backup.ts';

/** A screen as it is looked at: where it is, in which situation, and what is pressed before. */
export interface ScreenShot {
  readonly name: string;
  readonly path: string;
  readonly scenario: Scenario;
  /** Accessible names of buttons and links that are pressed, in order. */
  readonly press?: readonly string[];
}

const BACKUP = `/backups/${FAKE_BACKUP}`;

/** Every screen in every situation that looks different. */
export const SCREENS: readonly ScreenShot[] = [
  { name: 'log-in', path: '/', scenario: 'closed' },
  { name: 'link-needed', path: '/', scenario: 'link' },
  { name: 'first-run', path: '/', scenario: 'empty' },
  { name: 'first-phone', path: '/', scenario: 'first-phone' },
  { name: 'home-healthy', path: '/', scenario: 'healthy' },
  { name: 'home-busy', path: '/', scenario: 'busy' },
  { name: 'home-trouble', path: '/', scenario: 'trouble' },
  { name: 'pair', path: '/', scenario: 'healthy', press: ['Add a phone over Wi-Fi'] },
  { name: 'add-folder', path: '/', scenario: 'healthy', press: ['Add a folder'] },
  { name: 'device', path: '/devices/phone-1', scenario: 'healthy' },
  { name: 'device-trouble', path: '/devices/phone-1', scenario: 'trouble' },
  { name: 'device-long-name', path: '/devices/phone-2', scenario: 'trouble' },
  { name: 'device-menu', path: '/devices/phone-1', scenario: 'healthy', press: ['More to do'] },
  {
    name: 'back-up-dialog',
    path: '/devices/phone-1',
    scenario: 'healthy',
    press: ['Choose what to back up…'],
  },
  { name: 'items', path: '/devices/phone-1/items', scenario: 'healthy' },
  { name: 'items-failed', path: '/devices/phone-1/items?state=failed', scenario: 'healthy' },
  { name: 'item', path: '/devices/phone-1/items', scenario: 'healthy', press: ['PXL_00000001.jpg'] },
  { name: 'rules', path: '/devices/phone-1/rules', scenario: 'healthy' },
  { name: 'device-backups', path: '/devices/phone-1/backups', scenario: 'healthy' },
  { name: 'backups', path: '/backups', scenario: 'healthy' },
  { name: 'backups-none', path: '/backups', scenario: 'empty' },
  { name: 'view-photos', path: `${BACKUP}/photos`, scenario: 'healthy' },
  { name: 'view-threads', path: `${BACKUP}/messages`, scenario: 'healthy' },
  { name: 'view-messages', path: `${BACKUP}/messages/3`, scenario: 'healthy' },
  { name: 'view-contacts', path: `${BACKUP}/contacts`, scenario: 'healthy' },
  { name: 'view-contact', path: `${BACKUP}/contacts/2001`, scenario: 'healthy' },
  { name: 'view-calls', path: `${BACKUP}/calls`, scenario: 'healthy' },
  { name: 'view-files', path: `${BACKUP}/files`, scenario: 'healthy' },
  { name: 'view-search', path: `${BACKUP}/search?q=a`, scenario: 'healthy' },
  { name: 'view-compare', path: `${BACKUP}/compare`, scenario: 'healthy' },
  { name: 'restore-nothing', path: `/restore/${FAKE_BACKUP}`, scenario: 'healthy' },
  { name: 'run', path: '/runs/run-1', scenario: 'busy' },
  { name: 'run-stop', path: '/runs/run-1', scenario: 'busy', press: ['Stop'] },
  { name: 'run-done', path: '/runs/run-done', scenario: 'healthy' },
  { name: 'run-failed', path: '/runs/run-failed', scenario: 'trouble' },
  { name: 'repository', path: '/repository', scenario: 'healthy' },
  { name: 'repository-trouble', path: '/repository', scenario: 'trouble' },
  { name: 'repository-away', path: '/repository', scenario: 'away' },
  { name: 'retention-plan', path: '/repository', scenario: 'healthy', press: ['See what would be removed'] },
  { name: 'recovery-kit', path: '/repository', scenario: 'healthy', press: ['Show the recovery kit'] },
  { name: 'password', path: '/repository', scenario: 'healthy', press: ['Change the password'] },
  { name: 'settings', path: '/settings', scenario: 'healthy' },
  { name: 'channel', path: '/settings', scenario: 'healthy', press: ['Add'] },
  { name: 'diagnostics', path: '/settings', scenario: 'healthy', press: ['Show the text'] },
  { name: 'doctor', path: '/doctor', scenario: 'doctor-healthy' },
  { name: 'doctor-no-phone', path: '/doctor', scenario: 'empty' },
  { name: 'doctor-healthy', path: '/devices/phone-1/doctor', scenario: 'doctor-healthy' },
  { name: 'doctor-blocking', path: '/devices/phone-1/doctor', scenario: 'doctor-blocking' },
  { name: 'doctor-many', path: '/devices/phone-1/doctor', scenario: 'doctor-many' },
  {
    name: 'doctor-many-open',
    path: '/devices/phone-1/doctor',
    scenario: 'doctor-many',
    press: [
      '2 more follow from this',
      'Pictures smaller than Google Photos takes',
      'What was asked, and what the phone said',
      'The network apps use',
    ],
  },
  { name: 'doctor-cannot-tell', path: '/devices/phone-1/doctor', scenario: 'doctor-cannot-tell' },
  { name: 'doctor-asking', path: '/devices/phone-1/doctor', scenario: 'doctor-asking' },
  { name: 'doctor-gone', path: '/devices/phone-1/doctor', scenario: 'doctor-gone' },
  {
    name: 'doctor-plan',
    path: '/devices/phone-1/doctor',
    scenario: 'doctor-blocking',
    press: ['Allow background work'],
  },
  {
    name: 'doctor-guided',
    path: '/devices/phone-1/doctor',
    scenario: 'doctor-blocking',
    press: ['Settings of the app', 'See the plan: Turn on backup in the app', 'Open it on the phone'],
  },
  {
    name: 'doctor-rescue',
    path: '/devices/phone-1/doctor',
    scenario: 'doctor-many',
    press: ['See the plan: Clear the data of Google Photos', 'Go on without saving them'],
  },
  {
    name: 'doctor-helped',
    path: '/devices/phone-1/doctor',
    scenario: 'doctor-blocking',
    press: ['Allow background work', 'Allow background work'],
  },
  {
    name: 'doctor-refused',
    path: '/devices/phone-1/doctor',
    scenario: 'doctor-refused',
    press: ['Allow background work', 'Allow background work'],
  },
  {
    name: 'doctor-pulled-out',
    path: '/devices/phone-1/doctor',
    scenario: 'doctor-pulled-out',
    press: ['Allow background work', 'Allow background work'],
  },
  {
    name: 'doctor-undo',
    path: '/devices/phone-1/doctor',
    scenario: 'doctor-blocking',
    press: ['Undo: Exempt it from Data Saver'],
  },
  { name: 'doctor-holdfast', path: '/doctor/holdfast', scenario: 'trouble' },
  { name: 'doctor-holdfast-well', path: '/doctor/holdfast', scenario: 'healthy' },
  { name: 'doctor-iphone', path: '/doctor/iphone', scenario: 'healthy' },
  { name: 'not-found', path: '/nowhere', scenario: 'healthy' },
];
