import type { BackupContents, Thread } from '@holdfast/contract/api';
import { MessageSquare } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { usePages } from '#api/hooks.ts';
import { Answered } from '#design/answered.tsx';
import { EmptyState } from '#design/empty-state.tsx';
import { formatCount, plural, showText } from '#design/format.ts';
import { joinClasses } from '#design/join-classes.ts';
import { useToast } from '#design/toast.tsx';
import { Avatar } from '../avatar.tsx';
import { dayOf, rowDay } from '../moments.ts';
import styles from '../panes.module.css';
import { MorePages, Panes } from '../panes.tsx';
import { setThread, setTypes, threadState, typesState } from '../selection/selection.ts';
import { Tick } from '../selection/tick.tsx';
import { storeOf, useTicked } from '../selection/use-ticked.ts';
import { weightsOf } from '../tabs.ts';
import { leaveThreadOut } from './leave-out.ts';
import { peopleWords } from './people.ts';
import { ThreadView } from './thread-view.tsx';

interface MessagesTabProps {
  readonly backup: string;
  readonly types: (BackupContents & { kind: 'ready' })['types'];
  readonly thread: number | undefined;
}

/** Gives the message threads of a backup, and the messages of one. */
export function MessagesTab({ backup, types, thread }: MessagesTabProps): ReactNode {
  const threads = usePages('threads', { params: { backup } });
  const ticked = useTicked(backup);
  const all = weightsOf(types, ['messages']);
  const list = (
    <Answered of={threads} words="Reading the messages…">
      {(pages) => (
        <div className={styles.sheet}>
          <div className={styles.head}>
            <Tick
              label="All messages"
              state={typesState(ticked, ['messages'])}
              onChange={(isOn) => storeOf(backup).change((now) => setTypes(now, all, isOn))}
            />
            All {plural(all.get('messages')?.items ?? 0, 'message')}
          </div>
          <ul aria-label="Threads">
            {pages
              .flatMap((page) => page.threads)
              .map((one) => (
                <ThreadRow key={one.thread} backup={backup} thread={one} isCurrent={one.thread === thread} />
              ))}
          </ul>
          <MorePages
            words="More threads"
            hasMore={threads.hasNextPage}
            isFetching={threads.isFetchingNextPage}
            onMore={() => void threads.fetchNextPage()}
          />
        </div>
      )}
    </Answered>
  );
  return (
    <Panes
      list={list}
      detail={thread === undefined ? undefined : <ThreadView key={thread} backup={backup} thread={thread} />}
      back={{ href: `/backups/${backup}/messages`, label: 'All threads' }}
      none={
        <EmptyState icon={<MessageSquare size={40} />} title="Choose a thread">
          Its messages are shown here.
        </EmptyState>
      }
    />
  );
}

interface ThreadRowProps {
  readonly backup: string;
  readonly thread: Thread;
  readonly isCurrent: boolean;
}

function ThreadRow({ backup, thread, isCurrent }: ThreadRowProps): ReactNode {
  const ticked = useTicked(backup);
  const toast = useToast();
  const people = peopleWords(thread.people);
  const set = (isOn: boolean): void => {
    const store = storeOf(backup);
    if (!isOn && ticked.types.has('messages')) {
      leaveThreadOut(store, backup, thread.thread).catch((thrown: unknown) => toast.complain(thrown));
    } else store.change((now) => setThread(now, thread.thread, { items: thread.messages }, isOn));
  };
  return (
    <li className={joinClasses(styles.row, isCurrent && styles.current)}>
      <Tick
        label={`All ${plural(thread.messages, 'message')} with ${people}`}
        state={threadState(ticked, thread.thread, thread.messages)}
        onChange={set}
      />
      <Link
        href={`/backups/${backup}/messages/${thread.thread}`}
        className={styles.link}
        {...(isCurrent && { 'aria-current': 'true' as const })}
      >
        <Avatar name={people} />
        <span className={styles.words}>
          <bdi className={styles.title}>{people}</bdi>
          <bdi className={styles.more}>{showText(thread.snippet)}</bdi>
        </span>
        <span className={styles.end}>
          {rowDay(dayOf(thread.last), new Date().getFullYear())}
          <span className={styles.more}>{formatCount(thread.messages)}</span>
        </span>
      </Link>
    </li>
  );
}
