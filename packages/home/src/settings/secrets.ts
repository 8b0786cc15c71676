import type { NotificationChannel, Settings } from '@holdfast/contract/api';

/** Settings without what only this program may know. */
export const withoutSecrets = (settings: Settings): Settings => ({
  ...settings,
  channels: settings.channels.map(openly),
});

/** Settings that came back without secrets, with those that the same channels had: one that leads elsewhere gets none. */
export const withSecretsOf = (settings: Settings, before: Settings): Settings => ({
  ...settings,
  channels: settings.channels.map((channel) => channelWithSecrets(channel, before)),
});

/** The same for one channel. */
export function channelWithSecrets(
  channel: NotificationChannel,
  { channels }: Settings,
): NotificationChannel {
  switch (channel.kind) {
    case 'webhook':
      return channel;
    case 'ntfy': {
      if (channel.token !== undefined) return channel;
      const same = channels.find((one) => one.kind === 'ntfy' && one.url === channel.url);
      return same?.kind === 'ntfy' && same.token !== undefined ? { ...channel, token: same.token } : channel;
    }
    case 'smtp': {
      if (channel.password !== undefined) return channel;
      const same = channels.find((one) => one.kind === 'smtp' && isSameAccount(one, channel));
      return same?.kind === 'smtp' && same.password !== undefined
        ? { ...channel, password: same.password }
        : channel;
    }
    default:
      return channel satisfies never;
  }
}

type Smtp = Extract<NotificationChannel, { kind: 'smtp' }>;

/** To a line that is not encrypted, or another server, a password is not sent because it was there for this one. */
const isSameAccount = (one: Smtp, other: Smtp): boolean =>
  one.host === other.host &&
  one.port === other.port &&
  one.isTls === other.isTls &&
  one.username === other.username;

function openly(channel: NotificationChannel): NotificationChannel {
  switch (channel.kind) {
    case 'webhook':
      return channel;
    case 'ntfy': {
      const { token: _token, ...open } = channel;
      return open;
    }
    case 'smtp': {
      const { password: _password, ...open } = channel;
      return open;
    }
    default:
      return channel satisfies never;
  }
}
