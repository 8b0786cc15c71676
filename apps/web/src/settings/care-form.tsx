import type { Settings } from '@holdfast/contract/api';
import { type ReactNode, useState } from 'react';
import { useOperation } from '#api/hooks.ts';
import { Card } from '#design/card.tsx';
import { Select, Switch } from '#design/field.tsx';
import { plural } from '#design/format.ts';
import { Stack } from '#design/layout.tsx';
import { SaveBar } from '#design/save-bar.tsx';
import { useToast } from '#design/toast.tsx';
import { RetentionFields } from '#device/retention-fields.tsx';
import { type RetentionDraft, readRetention, retentionDraftOf } from '#device/rules-draft.ts';

type Care = Pick<Settings, 'isRetentionAutomatic' | 'checkEveryDays' | 'drillEveryDays' | 'notSeenDays'>;

/** How long backups are kept, and how often they are checked and tried. */
export function CareForm({ settings }: { readonly settings: Settings }): ReactNode {
  const toast = useToast();
  const save = useOperation('setSettings', ['settings', 'repository', 'home']);
  const [retention, setRetention] = useState<RetentionDraft | undefined>();
  const [written, setWritten] = useState<Partial<Care>>({});
  const care: Care = { ...settings, ...written };
  const draft = retention ?? retentionDraftOf(settings.retention);
  const read = readRetention(draft);
  const isChanged = retention !== undefined || Object.keys(written).length > 0;
  const undo = (): void => {
    setRetention(undefined);
    setWritten({});
  };
  const set = (part: Partial<Care>): void => setWritten({ ...written, ...part });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if ('errors' in read) return;
        save.mutate(
          { body: { ...settings, ...written, retention: read.retention } },
          {
            onSuccess: () => {
              undo();
              toast.say('Saved.');
            },
            onError: toast.complain,
          },
        );
      }}
    >
      <Stack>
        <Card
          title="How many backups are kept"
          hint="For devices without a rule of their own. Nothing written: all of them. The newest backup always stays."
        >
          <Stack>
            <RetentionFields
              draft={draft}
              errors={'errors' in read ? read.errors : {}}
              onChange={setRetention}
            />
            <Switch
              label="Remove old backups by itself"
              hint="Once a week, as above. Otherwise nothing is removed unless you say so in “Repository”."
              isOn={care.isRetentionAutomatic}
              onChange={(isRetentionAutomatic) => set({ isRetentionAutomatic })}
            />
          </Stack>
        </Card>
        <Card title="Checks" hint="A backup is worth what comes back from it.">
          <Stack>
            <Select
              label="Read a part back and compare"
              hint="Whichever of these days you choose, everything is read once in a month. With “Never”, nothing is read."
              value={String(care.checkEveryDays)}
              options={daysOf([1, 2, 7, 14, 31], care.checkEveryDays)}
              onChange={(event) => set({ checkEveryDays: Number(event.target.value) })}
            />
            <Select
              label="Give a sample back for trial"
              value={String(care.drillEveryDays)}
              options={daysOf([7, 30, 90, 365], care.drillEveryDays)}
              onChange={(event) => set({ drillEveryDays: Number(event.target.value) })}
            />
            <Select
              label="Tell me when a device was not seen"
              value={String(care.notSeenDays)}
              options={daysOf([3, 7, 14, 30], care.notSeenDays, 'for')}
              onChange={(event) => set({ notSeenDays: Number(event.target.value) })}
            />
          </Stack>
        </Card>
        <SaveBar
          action="Save"
          isChanged={isChanged}
          isRight={!('errors' in read)}
          isSaving={save.isPending}
          onUndo={undo}
        />
      </Stack>
    </form>
  );
}

/** Usual numbers of days, the one that is set among them, and never. */
function daysOf(
  usual: readonly number[],
  now: number,
  how: 'every' | 'for' = 'every',
): { value: string; label: string }[] {
  const days = [...new Set([...usual, now])].filter((day) => day > 0).toSorted((a, b) => a - b);
  return [
    ...days.map((day) => ({
      value: String(day),
      label:
        how === 'every' && day === 1
          ? 'Every day'
          : `${how === 'every' ? 'Every' : 'For'} ${plural(day, 'day')}`,
    })),
    { value: '0', label: 'Never' },
  ];
}
