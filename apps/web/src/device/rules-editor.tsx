import type { Answer } from '@holdfast/contract/api';
import { type ReactNode, useState } from 'react';
import { useOperation } from '#api/hooks.ts';
import { Button } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { Field, Switch } from '#design/field.tsx';
import { plural } from '#design/format.ts';
import { Stack } from '#design/layout.tsx';
import { Notice } from '#design/notice.tsx';
import { SaveBar } from '#design/save-bar.tsx';
import { useToast } from '#design/toast.tsx';
import { FolderTree, PHONE_FILES } from './folder-tree.tsx';
import { RetentionFields } from './retention-fields.tsx';
import { draftOf, type RulesDraft, readDraft } from './rules-draft.ts';
import styles from './rules-editor.module.css';
import { TypeChoice } from './type-choice.tsx';

interface RulesEditorProps {
  readonly device: string;
  readonly detail: Answer<'device'>;
}

/** What of a device is backed up, when, and how long it is kept. Nothing holds before it is saved. */
export function RulesEditor({ device, detail }: RulesEditorProps): ReactNode {
  const toast = useToast();
  const save = useOperation('setRules', ['device', 'home', 'items', 'counts', 'deviceFolders']);
  const [written, setWritten] = useState<RulesDraft | undefined>();
  const draft = written ?? draftOf(detail.rules);
  const read = readDraft(draft);
  const errors = 'errors' in read ? read.errors : {};
  const change = (part: Partial<RulesDraft>): void => setWritten({ ...draft, ...part });
  const text = (
    name: keyof RulesDraft & ('maxSize' | 'newerThan' | 'minBattery' | 'hours' | 'quietFrom' | 'quietTo'),
  ) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  });
  const isPhone = detail.card.device.kind === 'android' || detail.card.device.kind === 'iphone';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if ('errors' in read) return;
        save.mutate(
          { params: { device }, body: read.rules },
          {
            onSuccess: () => {
              setWritten(undefined);
              toast.say('Saved. It holds from the next backup on.');
            },
            onError: toast.complain,
          },
        );
      }}
    >
      <Stack>
        <Card>
          <Switch
            label="Back up by itself"
            hint={
              isPhone
                ? 'Begins as soon as the phone appears, by cable or in the Wi-Fi it was paired in.'
                : 'Begins when something in the folder changes, and when its time comes.'
            }
            isOn={draft.isOn}
            onChange={(isOn) => change({ isOn })}
          />
        </Card>
        <Card title="What is backed up" hint="What is not ticked is left out, and the list of items says so.">
          <TypeChoice
            kind={detail.card.device.kind}
            types={draft.types}
            onChange={(types) => change({ types: [...types] })}
          />
          {errors.types !== undefined && <Notice tone="bad" title={errors.types} />}
        </Card>
        <Card
          title="Folders"
          hint="Untick a folder to leave out everything in it. What is backed up already stays."
        >
          <FolderTree
            device={device}
            top={isPhone ? PHONE_FILES : ''}
            foldersOff={draft.foldersOff}
            onChange={(foldersOff) => change({ foldersOff })}
          />
        </Card>
        <Card title="Limits">
          <div className={styles.fields}>
            <Field
              label="Largest file"
              hint="Larger files are left out. Nothing written: any size."
              unit="GB"
              inputMode="decimal"
              error={errors.maxSize}
              {...text('maxSize')}
            />
            <Field
              label="Only files changed since"
              hint="Older files are left out. Nothing chosen: all of them."
              type="date"
              error={errors.newerThan}
              {...text('newerThan')}
            />
          </div>
        </Card>
        <Card
          title="When"
          hint="These hold for backups that begin by themselves. “Back up now” always begins."
        >
          <Stack>
            {isPhone && (
              <Switch
                label="Only while it charges"
                hint="Waits until the phone is at a charger or at the cable."
                isOn={draft.onlyCharging}
                onChange={(onlyCharging) => change({ onlyCharging })}
              />
            )}
            <div className={styles.fields}>
              {isPhone && (
                <Field
                  label="Battery at least"
                  hint="Waits until it is charged so far. Nothing written: any."
                  unit="%"
                  inputMode="numeric"
                  error={errors.minBattery}
                  {...text('minBattery')}
                />
              )}
              <Field
                label="At most once in"
                hint="Nothing written: whenever it appears."
                unit="hours"
                inputMode="numeric"
                error={errors.hours}
                {...text('hours')}
              />
            </div>
            <Switch
              label="Quiet hours"
              hint="No backup begins by itself between two times, by the clock of the computer that Holdfast runs on."
              error={errors.quiet}
              isOn={draft.hasQuietHours}
              onChange={(hasQuietHours) => change({ hasQuietHours })}
            />
            {draft.hasQuietHours && (
              <div className={styles.fields}>
                <Field label="From" type="time" {...text('quietFrom')} />
                <Field label="Until" type="time" {...text('quietTo')} />
              </div>
            )}
          </Stack>
        </Card>
        <Card
          title="How many backups are kept"
          hint="Nothing written anywhere: what the settings say for all devices. The newest backup always stays."
        >
          <RetentionFields
            draft={draft.retention}
            errors={errors}
            onChange={(retention) => change({ retention })}
          />
        </Card>
        {draft.items.length > 0 && (
          <Notice
            tone="idle"
            title={`${plural(draft.items.length, 'single item is', 'single items are')} left out or held back.`}
            buttons={<Button onClick={() => change({ items: [] })}>Let all go</Button>}
          >
            In the list of items each can be let go by itself.
          </Notice>
        )}
        <SaveBar
          action="Save the rules"
          isChanged={written !== undefined}
          isRight={!('errors' in read)}
          isSaving={save.isPending}
          onUndo={() => setWritten(undefined)}
        />
      </Stack>
    </form>
  );
}
