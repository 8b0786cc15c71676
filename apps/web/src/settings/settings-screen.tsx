import type { ReactNode } from 'react';
import { useAnswer } from '#api/hooks.ts';
import { Answered } from '#design/answered.tsx';
import { Soft, Stack } from '#design/layout.tsx';
import { PageHeader } from '#design/page-header.tsx';
import { AccessCard } from './access-card.tsx';
import { CareForm } from './care-form.tsx';
import { DiagnosticsCard } from './diagnostics-card.tsx';
import { NotificationsCard } from './notifications-card.tsx';

/** What holds for all devices: how long backups are kept, checks, messages to the outside, and who may come in. */
export function SettingsScreen(): ReactNode {
  const settings = useAnswer('settings');
  const session = useAnswer('session');
  const open = session.data?.kind === 'open' ? session.data : undefined;
  return (
    <>
      <PageHeader
        title="Settings"
        more="They hold for all devices. Each device has rules of its own besides."
      />
      <Answered of={settings} words="Reading the settings…" lines={8}>
        {(now) => (
          <Stack>
            <CareForm settings={now} />
            <NotificationsCard settings={now} />
            <AccessCard reach={open?.reach} />
            <DiagnosticsCard />
            {open !== undefined && <Soft isSmall>Holdfast {open.version}</Soft>}
          </Stack>
        )}
      </Answered>
    </>
  );
}
