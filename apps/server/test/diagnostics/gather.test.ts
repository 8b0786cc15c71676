import { equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { DEFAULT_RULES, DEFAULT_SETTINGS } from '@holdfast/home';
import { fakeClock } from '@holdfast/testkit';
import { gatherDiagnostics } from '#diagnostics/gather.ts';

const PHONE = { id: 'android-1', name: 'Pixel', kind: 'android' } as const;
const NONE = { found: 0, verified: 0, waiting: 0, skipped: 0, failed: 0 };

suite('facts of diagnostics', () => {
  test('it gathers them from where they are', async () => {
    const clock = fakeClock();
    const facts = await gatherDiagnostics({
      clock,
      version: '0.1.0',
      catalog: { devices: async () => [], counts: async () => [] },
      settings: { settings: DEFAULT_SETTINGS, rulesOf: () => DEFAULT_RULES },
      board: {
        cards: async () => [
          {
            device: PHONE,
            state: 'safe',
            sentence: '',
            button: { label: '', action: { kind: 'none' } },
            isInSight: false,
            isBackupOn: true,
            lastSeen: '2026-03-14T15:00:00Z',
            balance: NONE,
          },
        ],
      },
      strangers: () => [],
      runs: { list: () => [] },
      decisions: new Map([[PHONE.id, { kind: 'hold', rule: 'battery', sentence: '', remedy: '' }]]),
      alerts: () => [],
      care: {
        view: async () => ({
          place: '/p',
          usedBytes: 0,
          backups: 0,
          keys: 0,
          readBackShare: 0,
          hasRecoveryKit: false,
        }),
      },
    });
    equal(facts.devices[0]?.heldBy, 'battery');
    equal(facts.machine.node, process.version);
  });
});
