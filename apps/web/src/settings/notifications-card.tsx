import type { NotificationChannel, Settings } from '@holdfast/contract/api';
import { Bell, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useOperation } from '#api/hooks.ts';
import { Button } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { Confirm } from '#design/confirm.tsx';
import { showText } from '#design/format.ts';
import { Soft, Stack } from '#design/layout.tsx';
import { List, ListRow } from '#design/list-row.tsx';
import { useToast } from '#design/toast.tsx';
import { ChannelDialog } from './channel-dialog.tsx';
import { addressOf, placeOf, wayOf } from './channel-draft.ts';

/** Ways in which alerts leave the app: tried by a button, added, removed. */
export function NotificationsCard({ settings }: { readonly settings: Settings }): ReactNode {
  const toast = useToast();
  const save = useOperation('setSettings', ['settings']);
  const test = useOperation('testNotification');
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<NotificationChannel | undefined>();
  const { channels } = settings;
  const setChannels = async (next: readonly NotificationChannel[], done: string): Promise<void> => {
    await save.mutateAsync(
      { body: { ...settings, channels: [...next] } },
      { onSuccess: () => toast.say(done), onError: toast.complain },
    );
  };
  return (
    <Card
      title="Messages to you"
      hint="Alerts are always on the first screen. They can come to you as well."
      aside={
        <Button icon={<Plus size={18} />} onClick={() => setAdding(true)}>
          Add
        </Button>
      }
    >
      <Stack>
        {channels.length === 0 ? (
          <Soft>None yet.</Soft>
        ) : (
          <List label="Where alerts are sent to">
            {channels.map((channel) => (
              <li key={`${channel.kind} ${placeOf(channel)}`}>
                <ListRow
                  icon={<Bell size={20} aria-hidden="true" />}
                  title={showText(addressOf(channel))}
                  more={showText(wayOf(channel))}
                  end={
                    <>
                      <Button
                        look="quiet"
                        working={test.isPending && test.variables.body === channel && 'Sending…'}
                        aria-label={`Send a test to ${placeOf(channel)}`}
                        onClick={() =>
                          test.mutate(
                            { body: channel },
                            {
                              onSuccess: () => toast.say('Sent. Look whether it arrived.'),
                              onError: toast.complain,
                            },
                          )
                        }
                      >
                        Test
                      </Button>
                      <Button
                        look="icon"
                        icon={<Trash2 size={18} />}
                        aria-label={`Remove ${placeOf(channel)}`}
                        onClick={() => setRemoving(channel)}
                      />
                    </>
                  }
                />
              </li>
            ))}
          </List>
        )}
      </Stack>
      {isAdding && (
        <ChannelDialog
          onClose={() => setAdding(false)}
          onAdd={async (channel) =>
            await setChannels([...channels, channel], 'Added. Send a test to see whether it arrives.')
          }
        />
      )}
      {removing !== undefined && (
        <Confirm
          title="Send no more alerts there?"
          action="Remove it"
          onClose={() => setRemoving(undefined)}
          onConfirm={() =>
            setChannels(
              channels.filter((channel) => channel !== removing),
              'Removed.',
            )
          }
        >
          <p>{showText(placeOf(removing))}</p>
        </Confirm>
      )}
    </Card>
  );
}
