import { ITEM_TYPES, type ItemType } from '@holdfast/contract';
import type { SearchHit } from '@holdfast/contract/api';
import { SearchX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { bytesAddress } from '#api/address.ts';
import { usePages } from '#api/hooks.ts';
import { Answered } from '#design/answered.tsx';
import { EmptyState } from '#design/empty-state.tsx';
import { formatCount, showText } from '#design/format.ts';
import { TypeIcon } from '#design/kind-icon.tsx';
import { useToast } from '#design/toast.tsx';
import { TYPE_WORDS } from '#design/words.ts';
import { momentWords } from '../moments.ts';
import styles from '../panes.module.css';
import { PagedSheet } from '../panes.tsx';
import { isTicked, setThings } from '../selection/selection.ts';
import { Tick } from '../selection/tick.tsx';
import { storeOf, useTicked } from '../selection/use-ticked.ts';
import { foundIn } from '../text.ts';
import { FileDialog } from '../viewer/file-dialog.tsx';
import { placeOf } from './place-of.ts';

/** Gives what was found in a backup, the best first; a press opens it in its place. */
export function SearchTab({ backup, text }: { readonly backup: string; readonly text: string }): ReactNode {
  const [type, setType] = useState<ItemType>();
  const found = usePages(
    'search',
    { params: { backup }, query: { text, ...(type !== undefined && { types: type }) } },
    { enabled: text !== '' },
  );
  const [open, setOpen] = useState<SearchHit>();
  if (text === '') return <EmptyState icon={<SearchX size={40} />} title="Write what you look for" />;
  return (
    <Answered of={found} words={`Looking for “${showText(text)}”…`}>
      {(pages) => {
        const hits = pages.flatMap((page) => page.hits);
        const byType = pages[0]?.byType ?? [];
        return (
          <>
            {byType.length > 0 && (
              <Chips
                byType={byType}
                type={type}
                onChange={(next) => setType(next === type ? undefined : next)}
              />
            )}
            {hits.length === 0 ? (
              <EmptyState icon={<SearchX size={40} />} title={`Nothing found for “${showText(text)}”`}>
                Looked for in names, messages, contacts, calls, events and apps of this backup.
              </EmptyState>
            ) : (
              <PagedSheet label="What was found" moreWords="More of what was found" pages={found}>
                {hits.map((hit) => (
                  <Hit
                    key={`${hit.type} ${hit.entry}`}
                    backup={backup}
                    hit={hit}
                    text={text}
                    onFile={setOpen}
                  />
                ))}
              </PagedSheet>
            )}
            {open !== undefined && (
              <FileDialog
                backup={backup}
                file={{ entry: open.entry, name: open.title, kind: open.type === 'audio' ? 'audio' : 'file' }}
                onClose={() => setOpen(undefined)}
              />
            )}
          </>
        );
      }}
    </Answered>
  );
}

interface ChipsProps {
  readonly byType: readonly { readonly type: ItemType; readonly items: number }[];
  readonly type: ItemType | undefined;
  readonly onChange: (type: ItemType) => void;
}

function Chips({ byType, type, onChange }: ChipsProps): ReactNode {
  const inOrder = [...byType].sort((a, b) => ITEM_TYPES.indexOf(a.type) - ITEM_TYPES.indexOf(b.type));
  return (
    <div className={styles.chips} role="group" aria-label="Only of one type">
      {inOrder.map((one) => (
        <button
          key={one.type}
          type="button"
          className={styles.chip}
          aria-pressed={one.type === type}
          onClick={() => onChange(one.type)}
        >
          {TYPE_WORDS[one.type]} {formatCount(one.items)}
        </button>
      ))}
    </div>
  );
}

interface HitProps {
  readonly backup: string;
  readonly hit: SearchHit;
  readonly text: string;
  readonly onFile: (hit: SearchHit) => void;
}

function Hit({ backup, hit, text, onFile }: HitProps): ReactNode {
  const ticked = useTicked(backup);
  const [, navigate] = useLocation();
  const toast = useToast();
  const title = showText(hit.title).slice(0, 300) || 'Without a name';
  const thing = {
    entry: hit.entry,
    type: hit.type,
    items: 1,
    ...(hit.thread !== undefined && { thread: hit.thread }),
  };
  const open = (): void => {
    placeOf(backup, hit).then(
      (address) => (address === undefined ? onFile(hit) : navigate(address)),
      (thrown: unknown) => toast.complain(thrown),
    );
  };
  return (
    <li className={styles.row}>
      <Tick
        label={title}
        state={isTicked(ticked, thing) ? 'all' : 'none'}
        onChange={(isOn) => storeOf(backup).change((now) => setThings(now, [thing], isOn))}
      />
      <button type="button" className={styles.link} onClick={open}>
        <span className={styles.icon}>
          <HitPicture backup={backup} hit={hit} />
        </span>
        <span className={styles.words}>
          <bdi className={styles.title}>
            <Found text={title} question={text} />
          </bdi>
          <bdi className={styles.more}>
            <Found text={showText(hit.context).slice(0, 400)} question={text} />
          </bdi>
        </span>
        {hit.time !== undefined && <span className={styles.end}>{momentWords(hit.time)}</span>}
      </button>
    </li>
  );
}

function HitPicture({ backup, hit }: { backup: string; hit: SearchHit }): ReactNode {
  const [isShown, setShown] = useState(hit.type === 'photos' || hit.type === 'videos');
  if (!isShown) return <TypeIcon type={hit.type} />;
  return (
    <img
      src={bytesAddress('thumbnail', { backup, entry: hit.entry })}
      alt=""
      loading="lazy"
      decoding="async"
      onError={() => setShown(false)}
    />
  );
}

function Found({ text, question }: { readonly text: string; readonly question: string }): ReactNode {
  return foundIn(text, question).map((part, index) =>
    part.isFound ? (
      <mark key={index} className={styles.found}>
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
