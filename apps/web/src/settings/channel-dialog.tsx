import type { NotificationChannel } from '@holdfast/contract/api';
import { type ReactNode, useState } from 'react';
import { Field, Select, Switch } from '#design/field.tsx';
import { FormDialog } from '#design/form-dialog.tsx';
import { CHANNEL_WORDS, type ChannelDraft, NEW_CHANNEL, readChannel } from './channel-draft.ts';

interface ChannelDialogProps {
  readonly onAdd: (channel: NotificationChannel) => Promise<void>;
  readonly onClose: () => void;
}

const KINDS = ['ntfy', 'smtp', 'webhook'] as const;

/** Where a way for alerts is written down. */
export function ChannelDialog({ onAdd, onClose }: ChannelDialogProps): ReactNode {
  const [draft, setDraft] = useState(NEW_CHANNEL);
  const [isAdding, setAdding] = useState(false);
  const channel = readChannel(draft);
  const set = (part: Partial<ChannelDraft>): void => setDraft({ ...draft, ...part });
  const text = (name: 'url' | 'token' | 'host' | 'port' | 'username' | 'password' | 'from' | 'to') => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  });
  const add = async (): Promise<void> => {
    if (channel === undefined) return;
    setAdding(true);
    try {
      await onAdd(channel);
      onClose();
    } catch {
      // What was refused was said by then, and the form stays.
      setAdding(false);
    }
  };
  return (
    <FormDialog
      title="Send alerts"
      action="Add"
      isReady={channel !== undefined}
      working={isAdding && 'Adding…'}
      onSubmit={() => void add()}
      onClose={onClose}
    >
      <Select
        label="How"
        value={draft.kind}
        options={KINDS.map((kind) => ({ value: kind, label: CHANNEL_WORDS[kind] }))}
        onChange={(event) => set({ kind: KINDS.find((kind) => kind === event.target.value) ?? 'ntfy' })}
      />
      {draft.kind === 'smtp' ? (
        <>
          <Field label="To" type="email" autoComplete="email" {...text('to')} />
          <Field label="From" type="email" {...text('from')} />
          <Field label="Mail server" hint="smtp.example.org" autoComplete="off" {...text('host')} />
          <Field label="Port" inputMode="numeric" {...text('port')} />
          <Switch
            label="Encrypted from the start (TLS)"
            hint="Port 465 is; port 587 begins plain and turns to it."
            isOn={draft.isTls}
            onChange={(isTls) => set({ isTls })}
          />
          <Field label="User name" autoComplete="off" {...text('username')} />
          <Field label="Password" type="password" autoComplete="off" {...text('password')} />
        </>
      ) : (
        <Field
          label="Address"
          hint={
            draft.kind === 'ntfy'
              ? 'The topic you follow in the ntfy app: https://ntfy.sh/a-name-nobody-guesses'
              : 'Each alert is sent there as JSON.'
          }
          type="url"
          autoComplete="off"
          {...text('url')}
        />
      )}
      {draft.kind === 'ntfy' && (
        <Field
          label="Token"
          hint="Only where the topic asks for one."
          type="password"
          autoComplete="off"
          {...text('token')}
        />
      )}
    </FormDialog>
  );
}
