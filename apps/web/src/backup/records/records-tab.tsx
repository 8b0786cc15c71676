import type { BackupContents, RecordRow } from '@holdfast/contract/api';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { usePages } from '#api/hooks.ts';
import { Answered } from '#design/answered.tsx';
import { EmptyState } from '#design/empty-state.tsx';
import { plural, showText } from '#design/format.ts';
import { joinClasses } from '#design/join-classes.ts';
import { KindIcon, TypeIcon } from '#design/kind-icon.tsx';
import { Avatar } from '../avatar.tsx';
import { clockWords, dayOf, isDayAlone, rowDay } from '../moments.ts';
import styles from '../panes.module.css';
import { MorePages, Panes } from '../panes.tsx';
import { isTicked, setThings, setTypes, typesState } from '../selection/selection.ts';
import { Tick } from '../selection/tick.tsx';
import { storeOf, useTicked } from '../selection/use-ticked.ts';
import { weightsOf } from '../tabs.ts';
import { type Grouping, grouped } from './groups.ts';
import { RecordDetailView } from './record-detail.tsx';

/** Types whose things are records. */
type RecordType = 'contacts' | 'calls' | 'calendar' | 'apps' | 'settings';

const WORDS: Readonly<Record<RecordType, { one: string; many: string; by: Grouping }>> = {
  contacts: { one: 'contact', many: 'contacts', by: 'letter' },
  calls: { one: 'call', many: 'calls', by: 'day' },
  calendar: { one: 'event', many: 'events', by: 'month' },
  apps: { one: 'app', many: 'apps', by: 'none' },
  settings: { one: 'setting', many: 'settings', by: 'none' },
};

/** Contacts are read to the end for their letters, as long as they are no more than this. */
const MOST_LETTERED = 10_000;

interface RecordsTabProps {
  readonly backup: string;
  readonly type: RecordType;
  readonly types: (BackupContents & { kind: 'ready' })['types'];
  readonly entry: number | undefined;
}

/** Gives the contacts, calls, events, apps or settings of a backup, and all that one of them says. */
export function RecordsTab({ backup, type, types, entry }: RecordsTabProps): ReactNode {
  const { one, many, by } = WORDS[type];
  const records = usePages('records', { params: { backup }, query: { type, limit: 500 } });
  const ticked = useTicked(backup);
  const list = useRef<HTMLDivElement>(null);
  const thisYear = new Date().getFullYear();
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = records;
  const read = records.data?.reduce((sum, page) => sum + page.records.length, 0) ?? 0;
  useEffect(() => {
    if (by === 'letter' && hasNextPage && !isFetchingNextPage && read < MOST_LETTERED) void fetchNextPage();
  }, [by, hasNextPage, isFetchingNextPage, read, fetchNextPage]);

  const sheet = (
    <Answered of={records} words={`Reading the ${many}…`}>
      {(pages) => {
        const groups = grouped(
          pages.flatMap((page) => page.records),
          by,
          thisYear,
        );
        return (
          <div className={styles.sheet} ref={list}>
            <div className={styles.head}>
              <Tick
                label={`All ${many}`}
                state={typesState(ticked, [type])}
                onChange={(isOn) =>
                  storeOf(backup).change((now) => setTypes(now, weightsOf(types, [type]), isOn))
                }
              />
              All {plural(pages[0]?.total ?? 0, one, many)}
            </div>
            {by === 'letter' && groups.length > 4 && (
              <Letters
                letters={groups.map(({ heading }) => heading)}
                onChoose={(index) => {
                  const group = list.current?.querySelectorAll('[data-group]')[index];
                  group?.scrollIntoView({ block: 'start' });
                  group?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true });
                }}
              />
            )}
            {groups.map(({ heading, rows }, index) => (
              <section key={`${heading} ${index}`} data-group="" className={styles.section}>
                {heading !== '' && <h2 className={styles.group}>{heading}</h2>}
                <ul aria-label={heading === '' ? many : heading}>
                  {rows.map((row) => (
                    <RecordLine
                      key={row.entry}
                      backup={backup}
                      type={type}
                      row={row}
                      isCurrent={row.entry === entry}
                    />
                  ))}
                </ul>
              </section>
            ))}
            <MorePages
              words={`More ${many}`}
              hasMore={hasNextPage}
              isFetching={isFetchingNextPage}
              onMore={() => void fetchNextPage()}
            />
          </div>
        );
      }}
    </Answered>
  );
  return (
    <Panes
      list={sheet}
      detail={entry === undefined ? undefined : <RecordDetailView backup={backup} entry={entry} />}
      back={{ href: `/backups/${backup}/${type}`, label: `All ${many}` }}
      none={
        <EmptyState icon={<TypeIcon type={type} size={40} />} title={`Choose one of the ${many}`}>
          All that it says is shown here.
        </EmptyState>
      }
    />
  );
}

function Letters({
  letters,
  onChoose,
}: {
  letters: readonly string[];
  onChoose: (index: number) => void;
}): ReactNode {
  return (
    <div className={styles.letters} role="group" aria-label="Go to a letter">
      {letters.map((letter, index) => (
        <button key={`${letter} ${index}`} type="button" onClick={() => onChoose(index)}>
          {letter}
        </button>
      ))}
    </div>
  );
}

interface RecordLineProps {
  readonly backup: string;
  readonly type: RecordType;
  readonly row: RecordRow;
  readonly isCurrent: boolean;
}

function RecordLine({ backup, type, row, isCurrent }: RecordLineProps): ReactNode {
  const ticked = useTicked(backup);
  const title = showText(row.title).slice(0, 300) || 'Without a name';
  const thing = { entry: row.entry, type, items: 1 } as const;
  return (
    <li className={joinClasses(styles.row, isCurrent && styles.current)}>
      <Tick
        label={title}
        state={isTicked(ticked, thing) ? 'all' : 'none'}
        onChange={(isOn) => storeOf(backup).change((now) => setThings(now, [thing], isOn))}
      />
      <Link
        href={`/backups/${backup}/${type}/${row.entry}`}
        className={styles.link}
        {...(isCurrent && { 'aria-current': 'true' as const })}
      >
        {type === 'contacts' ? (
          <Avatar name={title} />
        ) : (
          <span className={styles.icon}>
            <KindIcon kind={row.kind} />
          </span>
        )}
        <span className={styles.words}>
          <bdi className={styles.title}>{title}</bdi>
          {row.subtitle !== undefined && (
            <bdi className={styles.more}>{showText(row.subtitle).slice(0, 300)}</bdi>
          )}
        </span>
        {row.time !== undefined && <span className={styles.end}>{endOf(row.time, type)}</span>}
      </Link>
    </li>
  );
}

function endOf(time: string, type: RecordType): string {
  if (type !== 'calendar') return clockWords(time);
  const day = dayOf(time);
  const words = rowDay(day, Number(day.slice(0, 4)));
  return isDayAlone(time) ? words : `${words}, ${clockWords(time)}`;
}
