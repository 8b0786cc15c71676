import type { Backup, BackupContents } from '@holdfast/contract/api';
import { GitCompareArrows, PackageOpen, Search, ShieldCheck, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Redirect, useLocation, useSearch } from 'wouter';
import { useAnswer } from '#api/hooks.ts';
import { Ago } from '#design/ago.tsx';
import { Answered } from '#design/answered.tsx';
import { Button, LinkButton } from '#design/button.tsx';
import { EmptyState } from '#design/empty-state.tsx';
import { asSentence, formatBytes, formatCount, formatTime, plural, showText } from '#design/format.ts';
import { Notice } from '#design/notice.tsx';
import { PageHeader } from '#design/page-header.tsx';
import { Progress } from '#design/progress.tsx';
import { Tabs } from '#design/tabs.tsx';
import styles from './backup-page.module.css';
import { olderThan, useBackupsBeside } from './compare/older-backups.ts';
import { FilesTab } from './files/files-tab.tsx';
import { MessagesTab } from './messages/messages-tab.tsx';
import { PhotosTab } from './photos/photos-tab.tsx';
import { RecordsTab } from './records/records-tab.tsx';
import { SearchTab } from './search/search-tab.tsx';
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
        {(known) => <Header backup={known} />}
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

function Header({ backup }: { backup: Backup }): ReactNode {
  const { counts, device } = backup;
  const { data: all } = useBackupsBeside(backup);
  return (
    <PageHeader
      title={device === undefined ? showText(backup.name) : showText(device.name)}
      back={{ href: '/backups', label: 'Backups' }}
      more={
        <span className={styles.facts}>
          <span>
            {formatTime(backup.time)} (<Ago time={backup.time} />)
          </span>
          {counts !== undefined && (
            <span className={styles.proved}>
              <ShieldCheck size={16} aria-hidden="true" />
              {plural(counts.verified, 'item')} proved
            </span>
          )}
          {backup.totalBytes !== undefined && <span>{formatBytes(backup.totalBytes)}</span>}
          {counts !== undefined && counts.failed + counts.skipped + counts.waiting > 0 && (
            <span>{plural(counts.failed + counts.skipped + counts.waiting, 'item')} not in it</span>
          )}
        </span>
      }
      buttons={
        all === undefined || olderThan(backup, all).length === 0 ? undefined : (
          <LinkButton
            href={`/backups/${backup.id}/compare`}
            icon={<GitCompareArrows size={18} aria-hidden="true" />}
            aria-label="Compare with an older backup"
          >
            <span className={styles.long}>Compare with an older backup</span>
          </LinkButton>
        )
      }
    />
  );
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

/** What is typed is looked for a moment later; emptied, it leads back to the first tab. */
function SearchBox({ backup, text, home }: { backup: string; text: string; home: string }): ReactNode {
  const [written, setWritten] = useState(text);
  const [location, navigate] = useLocation();
  const isSearching = location.endsWith('/search');
  useEffect(() => {
    if (!isSearching) setWritten('');
  }, [isSearching]);
  useEffect(() => {
    const wanted = written.trim();
    if (wanted === '' || (isSearching && wanted === text)) return undefined;
    const timer = setTimeout(
      () =>
        navigate(`/backups/${backup}/search?q=${encodeURIComponent(wanted.toWellFormed())}`, {
          replace: isSearching,
        }),
      300,
    );
    return () => clearTimeout(timer);
  }, [written, text, isSearching, backup, navigate]);
  const empty = (): void => {
    setWritten('');
    if (isSearching) navigate(`/backups/${backup}/${home}`);
  };
  return (
    <search className={styles.search}>
      <Search size={18} aria-hidden="true" />
      <input
        type="search"
        aria-label="Search in this backup"
        placeholder="Search in this backup"
        maxLength={200}
        value={written}
        onChange={(event) => (event.target.value === '' ? empty() : setWritten(event.target.value))}
      />
      {written !== '' && (
        <Button look="icon" icon={<X size={18} />} aria-label="Empty the search" onClick={empty} />
      )}
    </search>
  );
}
