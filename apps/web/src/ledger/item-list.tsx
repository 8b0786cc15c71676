import type { LedgerItem } from '@holdfast/contract/api';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { FileSearch } from 'lucide-react';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { usePages } from '#api/hooks.ts';
import { Answered } from '#design/answered.tsx';
import { Card } from '#design/card.tsx';
import { EmptyState } from '#design/empty-state.tsx';
import { folderOf, formatBytes, nameOf, showText } from '#design/format.ts';
import { KindIcon } from '#design/kind-icon.tsx';
import { ListRow } from '#design/list-row.tsx';
import { StateBadge } from '#design/state-badge.tsx';
import { type LedgerFilter, queryOf } from './filter.ts';
import styles from './item-list.module.css';

interface ItemListProps {
  readonly device: string;
  readonly filter: LedgerFilter;
  /** The path of the item that is open. */
  readonly open: string | undefined;
  readonly onOpen: (item: LedgerItem) => void;
}

const ROW_PX = 60;
/** More is asked for when so many rows are left below what is seen. */
const AHEAD_ROWS = 60;

/** Items without end: only the rows that are seen are there, and further pages come when they are near. */
export function ItemList({ device, filter, open, onOpen }: ItemListProps): ReactNode {
  const pages = usePages('items', { params: { device }, query: queryOf(filter) });
  const items = useMemo(() => pages.data?.flatMap((page) => page.items) ?? [], [pages.data]);
  const place = useRef<HTMLDivElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  const rows = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollMargin,
    getItemKey: (at) => items[at]?.path ?? at,
  });
  const seen = rows.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;

  // What stands above the list changes its height as answers come.
  useLayoutEffect(() => {
    const top = place.current?.getBoundingClientRect().top;
    if (top !== undefined) setScrollMargin(Math.round(top + window.scrollY));
  }, [items.length, filter.state, filter.reason]);

  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last > items.length - AHEAD_ROWS) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, items.length]);

  return (
    <Card isFlush>
      <Answered of={pages} words="Reading the list of items…" lines={8}>
        {() =>
          items.length === 0 ? (
            <EmptyState icon={<FileSearch size={26} />} title="No item fits">
              Nothing on this device is like that. Choose another state or kind, or look for another name.
            </EmptyState>
          ) : (
            <div ref={place}>
              <ul
                className={styles.all}
                aria-label="Items"
                style={{ height: `${rows.getTotalSize()}px` }}
                aria-busy={pages.isPlaceholderData}
              >
                {seen.map(({ index, key, start }) => {
                  const item = items[index];
                  if (item === undefined) return null;
                  return (
                    <li
                      key={key}
                      className={styles.row}
                      style={{ transform: `translateY(${start - scrollMargin}px)` }}
                    >
                      <ItemRow item={item} isCurrent={item.path === open} onOpen={onOpen} />
                    </li>
                  );
                })}
              </ul>
            </div>
          )
        }
      </Answered>
      {isFetchingNextPage && (
        <p className={styles.more} role="status">
          Reading more…
        </p>
      )}
    </Card>
  );
}

interface ItemRowProps {
  readonly item: LedgerItem;
  readonly isCurrent: boolean;
  readonly onOpen: (item: LedgerItem) => void;
}

function ItemRow({ item, isCurrent, onOpen }: ItemRowProps): ReactNode {
  const name = item.title === undefined ? nameOf(item.path) : showText(item.title);
  const place = item.state === 'verified' ? folderOf(item.path) : item.sentence;
  return (
    <ListRow
      icon={<KindIcon kind={item.kind} />}
      title={name}
      more={<bdi>{place}</bdi>}
      end={
        <>
          <span className={styles.size}>
            {item.sizeBytes === undefined ? '' : formatBytes(item.sizeBytes)}
          </span>
          <StateBadge state={item.state} />
        </>
      }
      isCurrent={isCurrent}
      onPress={() => onOpen(item)}
    />
  );
}
