import type { DeviceKind } from '@holdfast/contract';
import { Scale, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { useAnswer, useOperation } from '#api/hooks.ts';
import { deviceHref, runHref } from '#app/addresses.ts';
import { Answered } from '#design/answered.tsx';
import { Confirm } from '#design/confirm.tsx';
import { showText } from '#design/format.ts';
import { later } from '#design/later.tsx';
import { Menu } from '#design/menu.tsx';
import { PageHeader } from '#design/page-header.tsx';
import { Skeleton } from '#design/skeleton.tsx';
import { CardBadge } from '#design/state-badge.tsx';
import { Tabs } from '#design/tabs.tsx';
import { useToast } from '#design/toast.tsx';
import { Ledger } from '#ledger/ledger.tsx';
import { BackupList } from './backup-list.tsx';
import { Overview } from './overview.tsx';
import { RulesEditor } from './rules-editor.tsx';

const PhoneDoctor = later(
  async () => (await import('#doctor/phone-doctor.tsx')).PhoneDoctor,
  <Skeleton words="Opening the doctor…" />,
);

const TABS = ['overview', 'items', 'rules', 'backups', 'doctor'] as const;
const LABELS = {
  overview: 'Overview',
  items: 'Items',
  rules: 'Rules',
  backups: 'Backups',
  doctor: 'Doctor',
} as const;

/** Parts of a device; only phones have a Google Photos to look at. */
const tabsOf = (kind: DeviceKind): readonly (typeof TABS)[number][] =>
  kind === 'android' || kind === 'iphone' ? TABS : TABS.filter((name) => name !== 'doctor');

/** A device: how it is, every item of it, what is backed up and when, and its backups. */
export function DeviceScreen({
  id,
  tab,
}: {
  readonly id: string;
  readonly tab: string | undefined;
}): ReactNode {
  const device = useAnswer('device', { params: { device: id } });
  const [, go] = useLocation();
  const toast = useToast();
  const audit = useOperation('startRun', ['runs', 'home']);
  const remove = useOperation('removeDevice', ['home', 'devices']);
  const [isRemoving, setRemoving] = useState(false);
  const current = TABS.find((name) => name === tab) ?? 'overview';
  return (
    <Answered of={device} words="Looking at the device…" lines={8}>
      {(detail) => {
        const name = showText(detail.card.device.name);
        return (
          <>
            <PageHeader
              title={name}
              more={<CardBadge state={detail.card.state} />}
              back={{ href: '/', label: 'Home' }}
              buttons={
                <Menu
                  label="More to do"
                  items={[
                    {
                      label: 'Compare with the backups',
                      icon: <Scale size={18} />,
                      isDisabled: !detail.card.isInSight,
                      onChoose: () =>
                        audit.mutate(
                          { body: { kind: 'audit', device: id } },
                          { onSuccess: (run) => go(runHref(run.id)), onError: toast.complain },
                        ),
                    },
                    {
                      label: 'Take off the first screen',
                      icon: <Trash2 size={18} />,
                      isDangerous: true,
                      onChoose: () => setRemoving(true),
                    },
                  ]}
                />
              }
            />
            <Tabs
              label={`Parts of ${name}`}
              tabs={tabsOf(detail.card.device.kind).map((part) => ({
                href: deviceHref(id, part === 'overview' ? undefined : part),
                label: LABELS[part],
                isCurrent: part === current,
              }))}
            />
            {current === 'overview' && <Overview detail={detail} />}
            {current === 'items' && <Ledger device={id} name={name} />}
            {current === 'rules' && <RulesEditor device={id} detail={detail} />}
            {current === 'backups' && <BackupList device={id} />}
            {current === 'doctor' && <PhoneDoctor device={detail.card.device} />}
            {isRemoving && (
              <Confirm
                title={`Take ${name} off the first screen?`}
                action="Take it off"
                onClose={() => setRemoving(false)}
                onConfirm={() =>
                  remove.mutateAsync(
                    { params: { device: id } },
                    { onSuccess: () => go('/'), onError: toast.complain },
                  )
                }
              >
                <p>
                  Its backups stay, and can be looked at and given back. When it appears again, it is back
                  too.
                </p>
              </Confirm>
            )}
          </>
        );
      }}
    </Answered>
  );
}
