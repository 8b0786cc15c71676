import type { Message, Thread } from '@holdfast/contract/api';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useSearch } from 'wouter';
import { usePages } from '#api/hooks.ts';
import { Answered } from '#design/answered.tsx';
import { Button } from '#design/button.tsx';
import { formatBytes, plural, showText } from '#design/format.ts';
import { joinClasses } from '#design/join-classes.ts';
import { Avatar } from '../avatar.tsx';
import { clockWords, dayHeading, dayOf, momentWords } from '../moments.ts';
import { isTicked, setThings } from '../selection/selection.ts';
import { Tick } from '../selection/tick.tsx';
import { storeOf, useTicked } from '../selection/use-ticked.ts';
import { beginningOf, showLines } from '../text.ts';
import { Attachment } from './attachment.tsx';
import { messageThing } from './leave-out.ts';
import { peopleWords } from './people.ts';
import styles from './thread-view.module.css';

/** Gives the messages of a thread, the last at the bottom; older ones come as one scrolls up. */
export function ThreadView({
  backup,
  thread,
}: {
  readonly backup: string;
  readonly thread: number;
}): ReactNode {
  const pages = usePages('messages', { params: { backup, thread }, query: { limit: 100 } });
  return (
    <Answered of={pages} words="Reading the messages…" lines={7}>
      {(list) => (
        <Messages
          backup={backup}
          thread={(list[0] as (typeof list)[number]).thread}
          messages={list.flatMap((page) => page.messages)}
          hasOlder={pages.hasNextPage}
          isFetching={pages.isFetchingNextPage}
          onOlder={() => void pages.fetchNextPage()}
        />
      )}
    </Answered>
  );
}

interface MessagesProps {
  readonly backup: string;
  readonly thread: Thread;
  /** The newest first. */
  readonly messages: readonly Message[];
  readonly hasOlder: boolean;
  readonly isFetching: boolean;
  readonly onOlder: () => void;
}

function Messages({ backup, thread, messages, hasOlder, isFetching, onOlder }: MessagesProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const wanted = useWanted(messages, hasOlder && !isFetching ? onOlder : undefined);
  useStill(scroller, messages, wanted);
  const people = peopleWords(thread.people);
  const oldest = [...messages].reverse();
  const thisYear = new Date().getFullYear();
  return (
    <section className={styles.thread} aria-label={`Messages with ${people}`}>
      <header className={styles.head}>
        <Avatar name={people} />
        <div>
          <h2>
            <bdi>{people}</bdi>
          </h2>
          <p>{plural(thread.messages, 'message')}</p>
        </div>
      </header>
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-live="off"
        aria-label="Messages"
        tabIndex={0}
        onScroll={(event) => {
          if (event.currentTarget.scrollTop < 900 && hasOlder && !isFetching) onOlder();
        }}
      >
        {hasOlder && (
          <div className={styles.older}>
            <Button look="quiet" working={isFetching && 'Reading older messages…'} onClick={onOlder}>
              Older messages
            </Button>
          </div>
        )}
        {oldest.map((message, index) => {
          const before = oldest[index - 1];
          const day = dayOf(message.time);
          return (
            <div key={message.entry}>
              {(before === undefined || dayOf(before.time) !== day) && (
                <p className={styles.day}>{dayHeading(day, thisYear)}</p>
              )}
              <Bubble
                backup={backup}
                thread={thread.thread}
                message={message}
                isWanted={message.entry === wanted}
                isFollowing={
                  before !== undefined && before.isOwn === message.isOwn && before.from === message.from
                }
              />
            </div>
          );
        })}
      </div>
    </section>
  );
}

/** The message that a search led to: older ones are fetched until it is there. */
function useWanted(messages: readonly Message[], older: (() => void) | undefined): number | undefined {
  const text = new URLSearchParams(useSearch()).get('message');
  const wanted = text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  const isHere = messages.some(({ entry }) => entry === wanted);
  useEffect(() => {
    if (wanted !== undefined && !isHere) older?.();
  }, [wanted, isHere, older]);
  return wanted;
}

/** Keeps what one reads where it is when older messages come above it; begins at the bottom, or at the wanted one. */
function useStill(
  scroller: { current: HTMLDivElement | null },
  messages: readonly Message[],
  wanted: number | undefined,
): void {
  const last = useRef({ height: 0, count: 0, isPlaced: false });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const { height, count, isPlaced } = last.current;
    const target = element.querySelector(`[data-entry="${wanted}"]`);
    if (target !== null && !isPlaced) {
      target.scrollIntoView({ block: 'center' });
      last.current.isPlaced = true;
    } else if (count === 0) element.scrollTop = element.scrollHeight;
    else if (messages.length > count) element.scrollTop += element.scrollHeight - height;
    last.current.height = element.scrollHeight;
    last.current.count = messages.length;
  }, [scroller, messages, wanted]);
}

interface BubbleProps {
  readonly backup: string;
  readonly thread: number;
  readonly message: Message;
  readonly isWanted: boolean;
  /** Of the same person as the one above. */
  readonly isFollowing: boolean;
}

function Bubble({ backup, thread, message, isWanted, isFollowing }: BubbleProps): ReactNode {
  const ticked = useTicked(backup);
  const thing = messageThing(message.entry, thread);
  return (
    <div
      className={joinClasses(
        styles.line,
        message.isOwn && styles.own,
        isWanted && styles.wanted,
        isFollowing && styles.following,
      )}
      data-entry={message.entry}
    >
      <span className={styles.tick}>
        <Tick
          label={`Message of ${momentWords(message.time)}`}
          state={isTicked(ticked, thing) ? 'all' : 'none'}
          onChange={(isOn) => storeOf(backup).change((now) => setThings(now, [thing], isOn))}
        />
      </span>
      <div className={styles.bubble}>
        {message.from !== undefined && !isFollowing && (
          <p className={styles.from}>
            <bdi>{showText(message.from)}</bdi>
          </p>
        )}
        {message.attachments.map((attachment, index) => (
          <Attachment key={attachment.entry ?? `missing ${index}`} backup={backup} attachment={attachment} />
        ))}
        {message.text !== '' && <Text text={message.text} />}
        <p className={styles.time}>
          {message.note !== undefined && <span className={styles.note}>{showText(message.note)}</span>}
          <time dateTime={message.time}>{clockWords(message.time)}</time>
        </p>
      </div>
    </div>
  );
}

/** Long texts are cut until they are asked for: a message can be a megabyte. */
function Text({ text }: { readonly text: string }): ReactNode {
  const [isWhole, setWhole] = useState(false);
  const beginning = beginningOf(text);
  if (beginning === undefined || isWhole)
    return (
      <p className={styles.text} dir="auto">
        {showLines(text)}
      </p>
    );
  return (
    <>
      <p className={styles.text} dir="auto">
        {showLines(beginning)}…
      </p>
      <button type="button" className={styles.all} onClick={() => setWhole(true)}>
        Show all ({formatBytes(text.length)})
      </button>
    </>
  );
}
