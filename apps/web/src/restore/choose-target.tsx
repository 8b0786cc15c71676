import type { Card as DeviceCard, RestorePlan, RestoreRequest } from '@holdfast/contract/api';
import { Download, FolderDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useAnswer, useOperation } from '#api/hooks.ts';
import { selectionOf, type Ticked } from '#backup/selection/selection.ts';
import { useDownload } from '#backup/selection/selection-bar.tsx';
import { Answered } from '#design/answered.tsx';
import { Button } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { Field } from '#design/field.tsx';
import { showText } from '#design/format.ts';
import { DeviceIcon } from '#design/kind-icon.tsx';
import { Stack } from '#design/layout.tsx';
import { useToast } from '#design/toast.tsx';
import { DEVICE_WORDS } from '#design/words.ts';
import { Choice } from './choice.tsx';
import styles from './restore.module.css';
import { CONFLICTS, wrongWithPath } from './words.ts';

interface ChooseTargetProps {
  readonly backup: string;
  readonly ticked: Ticked;
  readonly onPlan: (plan: RestorePlan) => void;
}

type Target = { kind: 'device'; device: string } | { kind: 'folder' } | { kind: 'download' };

/** Gives the choice where to give back, and what to do about what is in the way. Nothing is written by it. */
export function ChooseTarget({ backup, ticked, onPlan }: ChooseTargetProps): ReactNode {
  const devices = useAnswer('devices');
  const [target, setTarget] = useState<Target>();
  const [path, setPath] = useState('');
  const [conflict, setConflict] = useState<NonNullable<RestoreRequest['conflict']>>('skip');
  const plan = useOperation('planRestore');
  const download = useDownload(backup);
  const toast = useToast();
  const wrong = wrongWithPath(path);
  const canPlan =
    target !== undefined && (target.kind !== 'folder' || (path.trim() !== '' && wrong === undefined));

  const begin = (): void => {
    if (target === undefined) return;
    if (target.kind === 'download') {
      download.begin(ticked);
      return;
    }
    const request: RestoreRequest = {
      backup,
      selection: selectionOf(ticked),
      conflict,
      to: target.kind === 'device' ? target : { kind: 'folder', path: path.trim() },
    };
    plan.mutate(
      { body: request },
      {
        onSuccess: onPlan,
        onError: (thrown) => toast.complain(thrown),
      },
    );
  };

  return (
    <Stack gap="loose">
      <Card title="Where to?">
        <div role="radiogroup" aria-label="Where to" className={styles.choices}>
          <Answered of={devices} words="Looking which devices are in sight…" lines={2}>
            {({ cards }) => (
              <Devices
                cards={cards.filter(({ isInSight, device }) => isInSight && device.kind !== 'takeout')}
                chosen={target?.kind === 'device' ? target.device : undefined}
                onChange={(device) => setTarget({ kind: 'device', device })}
              />
            )}
          </Answered>
          <Choice
            name="target"
            icon={<FolderDown size={22} aria-hidden="true" />}
            label="A folder on this computer"
            hint="On the computer that Holdfast runs on."
            isChosen={target?.kind === 'folder'}
            onChoose={() => setTarget({ kind: 'folder' })}
          />
          {target?.kind === 'folder' && (
            <div className={styles.inner}>
              <Field
                label="Path of the folder"
                hint="It is made if it is not there."
                placeholder="/home/anna/Restored"
                value={path}
                error={wrong}
                onChange={(event) => setPath(event.target.value)}
              />
            </div>
          )}
          <Choice
            name="target"
            icon={<Download size={22} aria-hidden="true" />}
            label="Download as a zip"
            hint="Saved by this browser."
            isChosen={target?.kind === 'download'}
            onChoose={() => setTarget({ kind: 'download' })}
          />
        </div>
      </Card>
      {target?.kind !== 'download' && (
        <Card title="If something else of the same name is there">
          <div
            role="radiogroup"
            aria-label="If something else of the same name is there"
            className={styles.choices}
          >
            {CONFLICTS.map((one) => (
              <Choice
                key={one.conflict}
                name="conflict"
                label={one.label}
                hint={one.hint}
                isChosen={conflict === one.conflict}
                onChoose={() => setConflict(one.conflict)}
              />
            ))}
          </div>
        </Card>
      )}
      <div className={styles.foot}>
        <p>
          {target?.kind === 'download' ? '' : 'Nothing is written yet: first you see what would be done.'}
        </p>
        <Button
          look="main"
          disabled={!canPlan}
          working={
            (plan.isPending && 'Comparing with what is there…') || (download.isPreparing && 'Preparing…')
          }
          onClick={begin}
        >
          {target?.kind === 'download' ? 'Download' : 'See what would be done'}
        </Button>
      </div>
    </Stack>
  );
}

interface DevicesProps {
  readonly cards: readonly DeviceCard[];
  readonly chosen: string | undefined;
  readonly onChange: (device: string) => void;
}

function Devices({ cards, chosen, onChange }: DevicesProps): ReactNode {
  if (cards.length === 0)
    return (
      <p className={styles.none}>No device is in sight. Connect a phone by cable, and it appears here.</p>
    );
  return cards.map(({ device, route }) => (
    <Choice
      key={device.id}
      name="target"
      icon={<DeviceIcon kind={device.kind} size={22} />}
      label={showText(device.name)}
      hint={`${DEVICE_WORDS[device.kind]}${route === 'cable' ? ', by cable' : route === 'network' ? ', over Wi-Fi' : ''}`}
      isChosen={chosen === device.id}
      onChoose={() => onChange(device.id)}
    />
  ));
}
