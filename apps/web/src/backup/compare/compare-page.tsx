import type { Backup, Difference } from '@holdfast/contract/api';
import { GitCompareArrows } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useAnswer, usePages } from '#api/hooks.ts';
import { Answered } from '#design/answered.tsx';
import { EmptyState } from '#design/empty-state.tsx';
import { Select } from '#design/field.tsx';
import { formatBytes, formatCount, formatTime, nameOf, plural, showText } from '#design/format.ts';
import { TypeIcon } from '#design/kind-icon.tsx';
import { Stack } from '#design/layout.tsx';
import { PageHeader } from '#design/page-header.tsx';
import { folderWords } from '../moments.ts';
import styles from '../panes.module.css';
import { PagedSheet } from '../panes.tsx';
import { isTicked, setThings } from '../selection/selection.ts';
import { SelectionBar } from '../selection/selection-bar.tsx';
import { Tick } from '../selection/tick.tsx';
import { storeOf, useTicked } from '../selection/use-ticked.ts';
import { olderThan, useBackupsBeside } from './older-backups.ts';

/** Gives how a backup differs from an older one of the same device. */
export function ComparePage({ backup }: { readonly backup: string }): ReactNode {
  const about = useAnswer('backup', { params: { backup } });
  const backups = useBackupsBeside(about.data);
  return (
    <>
      <Answered of={about} words="Reading the backup…">
        {(known) => (
          <>
            <PageHeader
              title="What has changed"
              more={`${showText(known.device?.name ?? known.name)}, ${formatTime(known.time)}`}
              back={{ href: `/backups/${backup}`, label: 'Back to the backup' }}
            />
            <Answered of={backups} words="Looking for older backups…">
              {(all) => <Comparison backup={known} older={olderThan(known, all)} />}
            </Answered>
          </>
        )}
      </Answered>
      <SelectionBar backup={backup} />
    </>
  );
}

function Comparison({ backup, older }: { backup: Backup; older: readonly Backup[] }): ReactNode {
  const [chosen, setChosen] = useState(older[0]?.id);
  if (chosen === undefined)
    return (
      <EmptyState icon={<GitCompareArrows size={40} />} title="This is the first backup">
        There is no older one to compare it with.
      </EmptyState>
    );
  return (
    <Stack>
      <Select
        label="Compared with the backup of"
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
        options={older.map(({ id, time }) => ({ value: id, label: formatTime(time) }))}
      />
      <Differences key={chosen} backup={backup.id} older={chosen} />
    </Stack>
  );
}

const CHANGES = [
  { change: 'added', label: 'Added' },
  { change: 'changed', label: 'Changed' },
  { change: 'removed', label: 'Removed' },
] as const;

function Differences({ backup, older }: { backup: string; older: string }): ReactNode {
  const [change, setChange] = useState<Difference['change']>();
  const found = usePages('compare', {
    params: { backup },
    query: { with: older, ...(change !== undefined && { change }) },
  });
  return (
    <Answered of={found} words="Comparing the two backups. A large one takes a moment…" lines={8}>
      {(pages) => {
        const counts = pages[0]?.counts ?? { added: 0, removed: 0, changed: 0, same: 0 };
        const list = pages.flatMap((page) => page.differences);
        return (
          <>
            <p>{plural(counts.same, 'item is', 'items are')} the same in both.</p>
            <div className={styles.chips} role="group" aria-label="Only one kind of change">
              {CHANGES.map((one) => (
                <button
                  key={one.change}
                  type="button"
                  className={styles.chip}
                  aria-pressed={one.change === change}
                  onClick={() => setChange(one.change === change ? undefined : one.change)}
                >
                  {one.label} {formatCount(counts[one.change])}
                </button>
              ))}
            </div>
            {list.length === 0 ? (
              <EmptyState
                icon={<GitCompareArrows size={40} />}
                title={change === undefined ? 'Nothing has changed' : 'None of these'}
              />
            ) : (
              <PagedSheet label="Differences" moreWords="More differences" pages={found}>
                {list.map((one) => (
                  <DifferenceLine
                    key={`${one.change} ${one.path} ${one.entry ?? ''}`}
                    backup={backup}
                    difference={one}
                  />
                ))}
              </PagedSheet>
            )}
          </>
        );
      }}
    </Answered>
  );
}

const CHANGE_WORDS: Readonly<Record<Difference['change'], string>> = {
  added: 'Added',
  removed: 'Removed',
  changed: 'Changed',
};

function DifferenceLine({ backup, difference }: { backup: string; difference: Difference }): ReactNode {
  const ticked = useTicked(backup);
  const { entry, path, title, type, sizeBytes } = difference;
  const name = showText(title ?? '') || nameOf(path);
  const thing =
    entry === undefined
      ? undefined
      : { entry, type, path, items: 1, ...(sizeBytes !== undefined && { bytes: sizeBytes }) };
  return (
    <li className={styles.row}>
      {thing === undefined ? (
        <span className={styles.gap} />
      ) : (
        <Tick
          label={name}
          state={isTicked(ticked, thing) ? 'all' : 'none'}
          onChange={(isOn) => storeOf(backup).change((now) => setThings(now, [thing], isOn))}
        />
      )}
      <div className={styles.link}>
        <span className={styles.icon}>
          <TypeIcon type={type} />
        </span>
        <span className={styles.words}>
          <bdi className={styles.title}>{name}</bdi>
          <bdi className={styles.more}>{folderWords(path)}</bdi>
        </span>
        <span className={styles.end}>
          {CHANGE_WORDS[difference.change]}
          {sizeBytes !== undefined && <span className={styles.more}>{formatBytes(sizeBytes)}</span>}
        </span>
      </div>
    </li>
  );
}
