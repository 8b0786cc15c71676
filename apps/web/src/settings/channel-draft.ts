import type { NotificationChannel } from '@holdfast/contract/api';

/** What kinds of channel are called. */
export const CHANNEL_WORDS: Readonly<Record<NotificationChannel['kind'], string>> = {
  ntfy: 'ntfy, to your phone',
  smtp: 'E-mail',
  webhook: 'Webhook, to another program',
};

/** A channel as it is written in a form. */
export interface ChannelDraft {
  readonly kind: NotificationChannel['kind'];
  readonly url: string;
  readonly token: string;
  readonly host: string;
  readonly port: string;
  readonly isTls: boolean;
  readonly username: string;
  readonly password: string;
  readonly from: string;
  readonly to: string;
}

/** An empty form. */
export const NEW_CHANNEL: ChannelDraft = {
  kind: 'ntfy',
  url: '',
  token: '',
  host: '',
  port: '465',
  isTls: true,
  username: '',
  password: '',
  from: '',
  to: '',
};

/** Whom a channel reaches. */
export const addressOf = (channel: NotificationChannel): string =>
  channel.kind === 'smtp' ? channel.to : channel.url;

/** What brings it there: of mail also which server, since two may write to one address. */
export const wayOf = (channel: NotificationChannel): string =>
  channel.kind === 'smtp' ? `${CHANNEL_WORDS.smtp} by ${channel.host}` : CHANNEL_WORDS[channel.kind];

/** Where a channel leads, in a line that no other has. */
export const placeOf = (channel: NotificationChannel): string =>
  channel.kind === 'smtp' ? `${channel.to}, by ${channel.host}` : channel.url;

/** The channel of a form; `undefined` until it is whole. */
export function readChannel(draft: ChannelDraft): NotificationChannel | undefined {
  const { kind, url, token, host, username, password, from, to } = draft;
  if (kind === 'smtp') {
    const port = Number(draft.port);
    if (
      host.trim() === '' ||
      !isMail(from) ||
      !isMail(to) ||
      !(Number.isInteger(port) && port > 0 && port < 65_536)
    )
      return undefined;
    return {
      kind,
      host: host.trim(),
      port,
      isTls: draft.isTls,
      from,
      to,
      ...(username !== '' && { username }),
      ...(password !== '' && { password }),
    };
  }
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) return undefined;
  return kind === 'ntfy' ? { kind, url, ...(token !== '' && { token }) } : { kind, url };
}

const isMail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
