import type { MediaEntry } from '@holdfast/contract/api';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { joinClasses } from '#design/join-classes.ts';
import { useToast } from '#design/toast.tsx';
import { isNothing, isTicked, setThings } from '../selection/selection.ts';
import { storeOf, useTicked } from '../selection/use-ticked.ts';
import { type Day, dayOf, type GridLayout, layOut, measuresFor, rowAt, whereIs } from './layout.ts';
import { between, moved } from './movement.ts';
import styles from './photo-grid.module.css';
import { PhotoRow } from './photo-row.tsx';
import { ScrubBar } from './scrub-bar.tsx';
import type { Slices } from './slices.ts';
import { thingOf } from './things.ts';
import { FLING, type ScrollPlace, useRowsInView } from './use-rows-in-view.ts';

interface PhotoGridProps {
  readonly backup: string;
  readonly days: readonly Day[];
  readonly slices: Slices<MediaEntry>;
  /** The place that the full view shows: the grid follows it, and has its focus when the view closes. */
  readonly viewed: number | undefined;
  readonly onOpen: (place: number) => void;
}

/** Gives all photos and videos in lines by day. Its height is right from the beginning; only what is in view is drawn and fetched. */
export function PhotoGrid({ backup, days, slices, viewed, onOpen }: PhotoGridProps): ReactNode {
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(host);
  const layout = useMemo(() => layOut(days, measuresFor(width)), [days, width]);
  const [place] = useState<ScrollPlace>(() => ({ y: 0, viewHeight: 800, speed: 0, at: 0 }));
  const [thisYear] = useState(() => new Date().getFullYear());
  const scrubbed = useRef<(() => void) | undefined>(undefined);
  const rows = useRowsInView(
    host,
    layout,
    place,
    useCallback(() => scrubbed.current?.(), []),
  );
  const isTicking = !isNothing(useTicked(backup));
  const { active, focusOn } = useActivePlace(host, layout, place, viewed);
  const tickTo = useTicking(backup, layout, slices);

  useEffect(() => {
    const first = placeIn(layout, rows.first);
    const last = placeIn(layout, rows.last);
    if (width === 0 || first === undefined || last === undefined) return undefined;
    if (place.speed <= FLING) {
      slices.show(first.from, last.to);
      return undefined;
    }
    const timer = setTimeout(() => slices.show(first.from, last.to), 110);
    return () => clearTimeout(timer);
  }, [slices, layout, rows, place, width]);

  const onClick = (event: MouseEvent): void => {
    const target = event.target as Element;
    const tile = target.closest<HTMLElement>('[data-place]');
    if (tile === null) return;
    const at = Number(tile.dataset['place']);
    const isOpening = target.closest('[data-open]') !== null;
    focusOn(at, false);
    if (!isOpening && (event.shiftKey || isTicking || target.closest('[data-tick]') !== null)) {
      tickTo(at, event.shiftKey);
    } else onOpen(at);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const tile = (event.target as Element).closest<HTMLElement>('[data-place]');
    if (tile === null || event.altKey) return;
    const at = Number(tile.dataset['place']);
    if (event.key === ' ') tickTo(at, event.shiftKey);
    else if (event.key === 'Enter') onOpen(at);
    else if (event.key === 'Escape') storeOf(backup).clear();
    else if ((event.ctrlKey || event.metaKey) && event.key.startsWith('Arrow')) return;
    else {
      const next = moved(layout, at, event.key, place.viewHeight);
      if (next === undefined) return;
      if (event.shiftKey) tickTo(next, true);
      focusOn(next, true);
    }
    event.preventDefault();
  };

  return (
    <>
      <div
        ref={host}
        role="grid"
        aria-label="Photos and videos"
        aria-multiselectable="true"
        aria-rowcount={layout.rows}
        aria-colcount={layout.measures.columns}
        aria-describedby="grid-keys"
        className={joinClasses(styles.grid, isTicking && styles.ticking)}
        style={{ height: layout.height }}
        onClick={onClick}
        onKeyDown={onKeyDown}
      >
        {width > 0 &&
          rowsToDraw(layout, rows, active).map((row) => (
            <PhotoRow
              key={row}
              row={row}
              backup={backup}
              layout={layout}
              slices={slices}
              place={place}
              active={whereIs(layout, active).row === row ? active : undefined}
              thisYear={thisYear}
            />
          ))}
      </div>
      <p id="grid-keys" hidden>
        Arrow keys move, space ticks, enter opens, escape takes all ticks away.
      </p>
      <ScrubBar host={host} layout={layout} place={place} scrubbed={scrubbed} />
    </>
  );
}

/** The rows in view, and that of the tile which has the focus, wherever it is. */
function rowsToDraw(
  layout: GridLayout,
  { first, last }: { first: number; last: number },
  active: number,
): number[] {
  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const { row } = whereIs(layout, active);
  if (layout.total === 0 || (row >= first && row <= last)) return rows;
  return row < first ? [row, ...rows] : [...rows, row];
}

/** Places in a row; of headings those of the row below. */
function placeIn(layout: GridLayout, row: number): { from: number; to: number } | undefined {
  const line = rowAt(layout, row);
  if (line === undefined) return undefined;
  if (line.kind === 'tiles') return { from: line.from, to: line.from + line.items - 1 };
  const from = line.headings[0]?.day.from ?? 0;
  return { from, to: from };
}

/** Ticks a place, or all from the last ticked one to it. */
function useTicking(backup: string, layout: GridLayout, slices: Slices<MediaEntry>) {
  const anchor = useRef<number | undefined>(undefined);
  const toast = useToast();
  return (at: number, isRange: boolean): void => {
    const store = storeOf(backup);
    const range =
      isRange && anchor.current !== undefined ? between(anchor.current, at) : { from: at, to: at };
    const known = slices.at(at);
    const things = async () => {
      const list = [];
      for (let next = range.from; next <= range.to; next += 1) {
        const media = slices.at(next) ?? (await slices.get(next));
        if (media === undefined) throw new Error('a slice did not come');
        list.push(thingOf(media, dayOf(layout, next)?.day));
      }
      return list;
    };
    anchor.current = at;
    if (range.from === range.to && known !== undefined) {
      const thing = thingOf(known, dayOf(layout, at)?.day);
      store.change((ticked) => setThings(ticked, [thing], !isTicked(ticked, thing)));
      return;
    }
    things().then(
      (list) => store.change((ticked) => setThings(ticked, list, true)),
      (thrown: unknown) => toast.complain(thrown),
    );
  };
}

/** The tile that the Tab key comes to, and the focus on it, which follows keys and the full view. */
function useActivePlace(
  host: { readonly current: HTMLDivElement | null },
  layout: GridLayout,
  place: ScrollPlace,
  viewed: number | undefined,
) {
  const [active, setActive] = useState(0);
  const wanted = useRef(false);
  const before = useRef(viewed);

  const bringIntoView = useCallback(
    (at: number): void => {
      const element = host.current;
      const line = rowAt(layout, whereIs(layout, at).row);
      if (element === null || line === undefined) return;
      const top = element.getBoundingClientRect().top + line.top;
      const above = 130;
      const below = window.innerHeight - 150 - layout.measures.tile;
      if (top < above) window.scrollBy({ top: top - above, behavior: 'instant' });
      else if (top > below) window.scrollBy({ top: top - Math.max(above, below), behavior: 'instant' });
    },
    [host, layout],
  );
  const focusOn = (at: number, isByKey: boolean): void => {
    setActive(at);
    if (!isByKey) return;
    wanted.current = true;
    bringIntoView(at);
  };
  useEffect(() => {
    if (viewed !== undefined) {
      setActive(viewed);
      bringIntoView(viewed);
    } else if (before.current !== undefined) {
      const tile = host.current?.querySelector<HTMLElement>(`[data-place="${before.current}"]`);
      if (tile) tile.focus({ preventScroll: true });
      else wanted.current = true;
    }
    before.current = viewed;
  }, [viewed, bringIntoView, host]);
  useLayoutEffect(() => {
    if (!wanted.current || viewed !== undefined) return;
    const tile = host.current?.querySelector<HTMLElement>(`[data-place="${active}"]`);
    if (tile === null || tile === undefined) return;
    tile.focus({ preventScroll: true });
    wanted.current = false;
  });
  // Turned, or made wider: what was at the top stays about there.
  const last = useRef(layout);
  useLayoutEffect(() => {
    const { height, total, measures } = last.current;
    if (total === layout.total && measures.columns !== layout.measures.columns && place.y > 300) {
      window.scrollBy({ top: (place.y / height) * layout.height - place.y, behavior: 'instant' });
    }
    last.current = layout;
  }, [layout, place]);
  return { active: Math.min(active, Math.max(0, layout.total - 1)), focusOn };
}

/** The width of an element in whole pixels; 0 until it is known. */
function useWidth(host: { readonly current: HTMLDivElement | null }): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const look = () => setWidth(Math.floor(element.clientWidth));
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [host]);
  return width;
}
