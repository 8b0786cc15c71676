import type { BackupContents } from '@holdfast/contract/api';
import { PackageOpen } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Redirect, useSearch } from 'wouter';
import { useAnswer } from '#api/hooks.ts';
import { Answered } from '#design/answered.tsx';
import { Button } from '#design/button.tsx';
import { EmptyState } from '#design/empty-state.tsx';
import { asSentence, formatCount, plural } from '#design/format.ts';
import { Notice } from '#design/notice.tsx';
import { Progress } from '#design/progress.tsx';
import { Tabs } from '#design/tabs.tsx';
import { BackupHeader } from './backup-header.tsx';
import styles from './backup-page.module.css';
import { FilesTab } from './files/files-tab.tsx';
import { MessagesTab } from './messages/messages-tab.tsx';
import { PhotosTab } from './photos/photos-tab.tsx';
import { RecordsTab } from './records/records-tab.tsx';
import { SearchTab } from './search/search-tab.tsx';
import { SearchBox } from './search-box.tsx';
import { SelectionBar } from './selection/selection-bar.tsx';
import { type TabName, tabsWith } from './tabs.ts';

interface BackupPageProps {
  readonly backup: string;
  readonly tab: string | undefined;
  /** A thread, a record or a folder. */
  readonly what: string | undefined;
}

/** Gives a backup to look at: by type, by search, with ticks that stay from tab to tab. */
export function BackupPage({ backup, tab, what }: BackupPageProps): ReactNode {
  const about = useAnswer('backup', { params: { backup } });
  const contents = useContents(backup);
  // Asked for beside the rest: the photos, which are shown first, need them.
  useAnswer('days', { params: { backup } }, { enabled: tab === undefined || tab === 'photos' });
  return (
    <div className={styles.page} data-wide="">
      <Answered of={about} words="Reading the backup…">
        {(known) => <BackupHeader backup={known} />}
      </Answered>
      <Answered of={contents} words="Opening the backup…">
        {(known) => (
          <Contents
            backup={backup}
            contents={known}
            tab={tab}
            what={what}
            onAgain={() => void contents.refetch()}
          />
        )}
      </Answered>
      <SelectionBar backup={backup} />
    </div>
  );
}

/** Asked for again until it is open: a large one takes a while. */
function useContents(backup: string) {
  const [isOpening, setOpening] = useState(true);
  const contents = useAnswer('contents', { params: { backup } }, isOpening ? { every: 700 } : {});
  const kind = contents.data?.kind;
  useEffect(() => setOpening(kind === undefined || kind === 'opening'), [kind]);
  return contents;
}

interface ContentsProps extends BackupPageProps {
  readonly contents: BackupContents;
  readonly onAgain: () => void;
}

function Contents({ backup, contents, tab, what, onAgain }: ContentsProps): ReactNode {
  const search = new URLSearchParams(useSearch()).get('q') ?? '';
  const bar = useRef<HTMLDivElement>(null);
  // On a phone the tabs are wider than the screen: the current one is always to be seen.
  useEffect(() => {
    const current = bar.current?.querySelector<HTMLElement>('[aria-current=page]');
    const line = current?.parentElement;
    if (current && line) line.scrollLeft = current.offsetLeft - (line.clientWidth - current.clientWidth) / 2;
  }, [tab, contents.kind]);
  switch (contents.kind) {
    case 'opening':
      return (
        <EmptyState icon={<PackageOpen size={40} />} title="Opening the backup">
          <Progress
            label="Opening the backup"
            share={undefined}
            words={
              contents.entries === 0
                ? 'Reading its folders…'
                : `${formatCount(contents.entries)} files and folders read so far`
            }
          />
        </EmptyState>
      );
    case 'failed':
      return (
        <Notice
          tone="bad"
          role="alert"
          title={asSentence(contents.message)}
          buttons={<Button onClick={onAgain}>Try again</Button>}
        >
          {contents.hint}
        </Notice>
      );
    case 'ready':
      break;
    default:
      return contents satisfies never;
  }
  const tabs = tabsWith(contents.types);
  const first = tabs[0];
  if (first === undefined)
    return (
      <EmptyState icon={<PackageOpen size={40} />} title="This backup is empty">
        There was nothing to back up when it was made.
      </EmptyState>
    );
  if (tab !== 'search' && !tabs.some((one) => one.tab === tab))
    return <Redirect to={`/backups/${backup}/${first.tab}`} replace />;
  return (
    <>
      {contents.damaged > 0 && (
        <Notice tone="wait" title={`${plural(contents.damaged, 'part')} of this backup could not be read.`}>
          What is shown here is whole; what was in there is missing from it. “Check” in Repository says more.
        </Notice>
      )}
      <SearchBox backup={backup} text={tab === 'search' ? search : ''} home={first.tab} />
      <div className={styles.bar} ref={bar}>
        <Tabs
          label="Parts of this backup"
          tabs={tabs.map((one) => ({
            href: `/backups/${backup}/${one.tab}`,
            isCurrent: one.tab === tab,
            label: (
              <>
                {one.label} <span className={styles.count}>{formatCount(one.items)}</span>
              </>
            ),
          }))}
        />
      </div>
      <TabContent
        backup={backup}
        tab={tab as TabName | 'search'}
        what={what}
        types={contents.types}
        text={search}
      />
    </>
  );
}

function TabContent({
  backup,
  tab,
  what,
  types,
  text,
}: {
  readonly backup: string;
  readonly tab: TabName | 'search';
  readonly what: string | undefined;
  readonly types: (BackupContents & { kind: 'ready' })['types'];
  readonly text: string;
}): ReactNode {
  const number = what !== undefined && /^\d{1,15}$/.test(what) ? Number(what) : undefined;
  switch (tab) {
    case 'photos':
      return <PhotosTab backup={backup} types={types} />;
    case 'messages':
      return <MessagesTab backup={backup} types={types} thread={number} />;
    case 'contacts':
    case 'calls':
    case 'calendar':
    case 'apps':
    case 'settings':
      return <RecordsTab key={tab} backup={backup} type={tab} types={types} entry={number} />;
    case 'files':
      return <FilesTab backup={backup} folder={number} />;
    case 'search':
      return <SearchTab backup={backup} text={text} />;
    default:
      return tab satisfies never;
  }
}
