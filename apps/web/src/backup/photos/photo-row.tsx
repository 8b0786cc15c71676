import type { MediaEntry } from '@holdfast/contract/api';
import { Check, Image, Maximize2, Play } from 'lucide-react';
import { memo, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { bytesAddress } from '#api/address.ts';
import { formatLength } from '#design/format.ts';
import { joinClasses } from '#design/join-classes.ts';
import { dayHeading, tileLabel } from '../moments.ts';
import { dayState, isNothing, isTicked } from '../selection/selection.ts';
import { Tick } from '../selection/tick.tsx';
import { storeOf, useTicked } from '../selection/use-ticked.ts';
import { dayOf, type GridLayout, type GridRow, rowAt } from './layout.ts';
import styles from './photo-grid.module.css';
import type { Slices } from './slices.ts';
import { dayChange, thingOf } from './things.ts';
import { FLING, type ScrollPlace } from './use-rows-in-view.ts';

interface RowProps {
  readonly backup: string;
  readonly layout: GridLayout;
  readonly slices: Slices<MediaEntry>;
  readonly row: number;
  readonly place: ScrollPlace;
  /** The tile of this row that the Tab key comes to, if it is in it. */
  readonly active: number | undefined;
  readonly thisYear: number;
}

/** Gives one line of the grid. */
export const PhotoRow = memo(function PhotoRow(props: RowProps): ReactNode {
  const line = rowAt(props.layout, props.row);
  if (line === undefined) return null;
  return line.kind === 'headings' ? <Headings {...props} line={line} /> : <Tiles {...props} line={line} />;
});

const down = (top: number) => ({ transform: `translateY(${top}px)` });

function Headings({
  backup,
  layout,
  line,
  thisYear,
}: RowProps & { line: GridRow & { kind: 'headings' } }): ReactNode {
  const ticked = useTicked(backup);
  const { tile, gap, heading, columns } = layout.measures;
  return (
    <div
      role="row"
      aria-rowindex={line.row + 1}
      className={styles.row}
      style={{ ...down(line.top), height: heading }}
    >
      {line.headings.map(({ day, column, span }) => {
        const words = dayHeading(day.day, thisYear, span < 3 || columns < 6);
        return (
          <div
            key={day.day}
            role="rowheader"
            aria-colindex={column + 1}
            className={styles.heading}
            style={{ left: column * (tile + gap), width: span * (tile + gap) - gap }}
          >
            <Tick
              label={`All of ${words}, ${day.items}`}
              state={dayState(ticked, day.day)}
              onChange={(isOn) => storeOf(backup).change(dayChange(layout, day.day, isOn))}
            />
            <span className={styles.words}>{words}</span>
          </div>
        );
      })}
    </div>
  );
}

function Tiles({
  backup,
  layout,
  slices,
  line,
  place,
  active,
}: RowProps & { line: GridRow & { kind: 'tiles' } }): ReactNode {
  const { tile, gap } = layout.measures;
  const ticked = useTicked(backup);
  // Two looks suffice: a line is shorter than a slice, so it lies in one or two of them.
  useSyncExternalStore(slices.listen, () => slices.at(line.from));
  useSyncExternalStore(slices.listen, () => slices.at(line.from + line.items - 1));
  const mayLoad = useIsSeen(place);
  const isTicking = !isNothing(ticked);
  return (
    <div
      role="row"
      aria-rowindex={line.row + 1}
      className={styles.row}
      style={{ ...down(line.top), height: tile }}
    >
      {Array.from({ length: line.items }, (_, column) => {
        const at = line.from + column;
        const media = slices.at(at);
        return (
          <Tile
            key={at}
            at={at}
            column={column}
            left={column * (tile + gap)}
            size={tile}
            backup={backup}
            media={media}
            mayLoad={mayLoad}
            isActive={active === at}
            isTicking={isTicking}
            isOn={media !== undefined && isTicked(ticked, thingOf(media, dayOf(layout, at)?.day))}
          />
        );
      })}
    </div>
  );
}

/** False for a line that flies by, until it rests. */
function useIsSeen(place: ScrollPlace): boolean {
  const [isSeen, setSeen] = useState(() => place.speed <= FLING);
  useEffect(() => {
    if (isSeen) return undefined;
    const timer = setTimeout(() => setSeen(true), 130);
    return () => clearTimeout(timer);
  }, [isSeen]);
  return isSeen;
}

interface TileProps {
  readonly at: number;
  readonly column: number;
  readonly left: number;
  readonly size: number;
  readonly backup: string;
  readonly media: MediaEntry | undefined;
  readonly mayLoad: boolean;
  readonly isActive: boolean;
  readonly isTicking: boolean;
  readonly isOn: boolean;
}

/** A tile is a picture, a tick and little else; the grid itself hears what is done to it. */
const Tile = memo(function Tile({
  at,
  column,
  left,
  size,
  backup,
  media,
  mayLoad,
  isActive,
  isTicking,
  isOn,
}: TileProps): ReactNode {
  const [state, setState] = useState<'waits' | 'shown' | 'none'>('waits');
  const label = media === undefined ? 'Not read yet' : tileLabel(media.kind, media.taken, media.seconds);
  return (
    <div
      role="gridcell"
      aria-colindex={column + 1}
      aria-selected={isOn}
      // What is written on a tile without a picture is part of its name.
      aria-label={media !== undefined && state === 'none' ? `${label}, ${wordOf(media)}` : label}
      tabIndex={isActive ? 0 : -1}
      data-place={at}
      className={joinClasses(styles.tile, isOn && styles.on)}
      style={{ left, width: size, height: size }}
    >
      <span className={styles.frame}>
        {media !== undefined && state === 'none' && <Placeholder media={media} />}
        {media !== undefined && mayLoad && state !== 'none' && (
          <img
            ref={letGo}
            className={joinClasses(styles.picture, state === 'shown' && styles.shown)}
            src={bytesAddress('thumbnail', { backup, entry: media.entry })}
            alt=""
            decoding="async"
            draggable={false}
            onLoad={() => setState('shown')}
            onError={(event) => {
              if (event.currentTarget.hasAttribute('src')) setState('none');
            }}
          />
        )}
      </span>
      {media?.kind === 'video' && (
        <span className={styles.length} aria-hidden="true">
          {media.seconds !== undefined && formatLength(media.seconds)}
          <Play size={13} fill="currentColor" />
        </span>
      )}
      <span className={styles.tick} data-tick="" aria-hidden="true">
        <Check size={16} strokeWidth={3} />
      </span>
      {isTicking && (
        <span className={styles.open} data-open="" aria-hidden="true">
          <Maximize2 size={15} />
        </span>
      )}
    </div>
  );
});

/** A picture that has scrolled past is asked for no longer: without an address the browser stops fetching it. */
function letGo(picture: HTMLImageElement | null): (() => void) | undefined {
  return picture === null ? undefined : () => picture.removeAttribute('src');
}

function Placeholder({ media }: { media: Named }): ReactNode {
  const Icon = media.kind === 'photo' ? Image : Play;
  return (
    <span className={styles.placeholder} aria-hidden="true">
      <Icon size={22} />
      {wordOf(media)}
    </span>
  );
}

interface Named {
  readonly kind: 'photo' | 'video';
  readonly name: string;
}

/** What is written where there is no picture: `HEIC`. */
function wordOf({ kind, name }: Named): string {
  const dot = name.lastIndexOf('.');
  if (dot > 0 && name.length - dot <= 6) return name.slice(dot + 1).toUpperCase();
  return kind === 'photo' ? 'Photo' : 'Video';
}
