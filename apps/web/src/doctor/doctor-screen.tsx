import type { ReactNode } from 'react';
import { NotFound } from '#app/not-found.tsx';
import { PageHeader } from '#design/page-header.tsx';
import { Tabs } from '#design/tabs.tsx';
import { IphoneGuide } from './iphone-guide.tsx';
import { OwnDoctor } from './own-doctor.tsx';
import { PhoneChoice } from './phone-choice.tsx';

const PARTS = [
  { part: undefined, href: '/doctor', label: 'Google Photos' },
  { part: 'holdfast', href: '/doctor/holdfast', label: 'Holdfast itself' },
  { part: 'iphone', href: '/doctor/iphone', label: 'iPhone' },
] as const;

/** The doctor: of Google Photos on a phone, and of Holdfast's own work. */
export function DoctorScreen({ part }: { readonly part: string | undefined }): ReactNode {
  if (PARTS.every((one) => one.part !== part)) return <NotFound />;
  return (
    <>
      <PageHeader title="Doctor" more="Why is it not backing up, and what helps?" />
      <Tabs
        label="Parts of the doctor"
        tabs={PARTS.map((one) => ({ href: one.href, label: one.label, isCurrent: one.part === part }))}
      />
      {part === 'holdfast' ? <OwnDoctor /> : part === 'iphone' ? <IphoneGuide /> : <PhoneChoice />}
    </>
  );
}
