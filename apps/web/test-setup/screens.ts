import type { Scenario } from './fake-answers.ts';

/** A screen as it is looked at: where it is, in which situation, and what is pressed before. */
export interface ScreenShot {
  readonly name: string;
  readonly path: string;
  readonly scenario: Scenario;
  /** Accessible names of buttons and links that are pressed, in order. */
  readonly press?: readonly string[];
}

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
  { name: 'back-up-dialog', path: '/devices/phone-1', scenario: 'healthy', press: ['Back up now'] },
  { name: 'items', path: '/devices/phone-1/items', scenario: 'healthy' },
  { name: 'items-failed', path: '/devices/phone-1/items?state=failed', scenario: 'healthy' },
  { name: 'item', path: '/devices/phone-1/items', scenario: 'healthy', press: ['PXL_00000001.jpg'] },
  { name: 'rules', path: '/devices/phone-1/rules', scenario: 'healthy' },
  { name: 'device-backups', path: '/devices/phone-1/backups', scenario: 'healthy' },
  { name: 'backups', path: '/backups', scenario: 'healthy' },
  { name: 'backups-none', path: '/backups', scenario: 'empty' },
  { name: 'run', path: '/runs/run-1', scenario: 'busy' },
  { name: 'run-stop', path: '/runs/run-1', scenario: 'busy', press: ['Stop'] },
  { name: 'run-done', path: '/runs/run-done', scenario: 'healthy' },
  { name: 'run-failed', path: '/runs/run-failed', scenario: 'trouble' },
  { name: 'repository', path: '/repository', scenario: 'healthy' },
  { name: 'repository-trouble', path: '/repository', scenario: 'trouble' },
  { name: 'retention-plan', path: '/repository', scenario: 'healthy', press: ['See what would be removed'] },
  { name: 'recovery-kit', path: '/repository', scenario: 'healthy', press: ['Show the recovery kit'] },
  { name: 'password', path: '/repository', scenario: 'healthy', press: ['Change the password'] },
  { name: 'settings', path: '/settings', scenario: 'healthy' },
  { name: 'channel', path: '/settings', scenario: 'healthy', press: ['Add'] },
  { name: 'diagnostics', path: '/settings', scenario: 'healthy', press: ['Show the text'] },
  { name: 'not-found', path: '/nowhere', scenario: 'healthy' },
];
