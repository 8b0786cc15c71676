import type { NotificationChannel, Settings } from '@holdfast/contract/api';
import { channelWithSecrets, type SettingsFile, withoutSecrets, withSecretsOf } from '@holdfast/home';
import type { Clock } from '@holdfast/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { send, TEST_LIMIT, testNotice } from '../alerts/send.ts';
import { badRequest } from '../failures.ts';
import { operation } from '../operation.ts';

/** What the routes of settings use. */
export interface SettingsRoutes {
  readonly settings: Pick<SettingsFile, 'settings' | 'setSettings'>;
  /** Sets the password, and ends all sessions but that of the request. */
  readonly setAccessPassword: (password: string, request: FastifyRequest) => Promise<void>;
  readonly clock: Clock;
  readonly onChange: () => void;
}

/** Registers reading and changing what holds for all devices. Secrets go in and never come out. */
export function settingsRoutes(app: FastifyInstance, deps: SettingsRoutes): void {
  const { settings: file, setAccessPassword, clock, onChange } = deps;
  operation(app, 'settings', () => withoutSecrets(file.settings));
  operation(app, 'setSettings', async ({ body }) => {
    const channels = body.channels.map(withoutUndefined);
    for (const channel of channels) refuseUserInfo(channel);
    await file.setSettings(withSecretsOf({ ...body, channels } as Settings, file.settings));
    onChange();
    return withoutSecrets(file.settings);
  });
  operation(app, 'setAccessPassword', async ({ body, request }) => {
    await setAccessPassword(body.password, request);
    return { ok: true };
  });
  operation(app, 'testNotification', async ({ body, signal }) => {
    refuseUserInfo(body);
    await send(channelWithSecrets(body, file.settings), testNotice(clock.now()), {
      clock,
      limit: TEST_LIMIT,
      signal,
    });
    return { ok: true };
  });
}

const withoutUndefined = (channel: NotificationChannel): NotificationChannel =>
  Object.fromEntries(
    Object.entries(channel).filter(([, value]) => value !== undefined),
  ) as NotificationChannel;

/** An address is shown again; what is secret has a field of its own. */
function refuseUserInfo(channel: NotificationChannel): void {
  if (channel.kind === 'smtp') return;
  const { username, password } = new URL(channel.url);
  if (username !== '' || password !== '')
    throw badRequest('There is a mistake in what was sent: an address may hold no user name or password');
}
