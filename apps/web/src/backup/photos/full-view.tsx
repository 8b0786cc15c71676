import type { MediaEntry } from '@holdfast/contract/api';
import PhotoSwipe, { type SlideData } from 'photoswipe';
import 'photoswipe/style.css';
import { Download, Info, X } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { createPortal } from 'react-dom';
import { bytesAddress } from '#api/address.ts';
import { useAnswer } from '#api/hooks.ts';
import { formatBytes, formatCount, formatLength, showText } from '#design/format.ts';
import { folderWords, takenWords, tileLabel } from '../moments.ts';
import { isTicked, setThings, type Thing } from '../selection/selection.ts';
import { Tick } from '../selection/tick.tsx';
import { storeOf, useTicked } from '../selection/use-ticked.ts';
import styles from './full-view.module.css';
import type { Slices } from './slices.ts';

interface FullViewProps {
  readonly backup: string;
  readonly total: number;
  readonly slices: Slices<MediaEntry>;
  readonly place: number;
  /** As something to tick. */
  readonly thingAt: (media: MediaEntry, place: number) => Thing;
  readonly onMove: (place: number) => void;
  readonly onClose: () => void;
}

/** Gives one photo or video over all else, and the next by a swipe or a key. */
export function FullView({
  backup,
  total,
  slices,
  place,
  thingAt,
  onMove,
  onClose,
}: FullViewProps): ReactNode {
  const [viewer, setViewer] = useState<PhotoSwipe>();
  const [hasInfo, setInfo] = useState(false);
  const [, setVersion] = useState(0);
  const moved = useEffectEvent(onMove);
  const closed = useEffectEvent(onClose);
  const first = useEffectEvent(() => place);

  useEffect(() => {
    const swipe = new PhotoSwipe({
      index: first(),
      loop: false,
      // The grid has the focus afterwards, on what was shown last.
      returnFocus: false,
      preload: [1, 2],
      bgOpacity: 1,
      showHideAnimationType: 'fade',
      zoom: false,
      close: false,
      counter: false,
      arrowPrevTitle: 'The one before',
      arrowNextTitle: 'The next one',
      errorMsg: 'This photo cannot be shown here. Download it to open it with another program.',
      paddingFn: ({ x }) => ({ top: 0, bottom: 0, left: 0, right: 0, ...(x < 600 && { top: 0 }) }),
    });
    let isOver = false;
    const sizes: Sizes = new Map();
    swipe.addFilter('numItems', () => total);
    swipe.addFilter('itemData', (_, index) => {
      const media = slices.at(index);
      if (media !== undefined) return slideOf(backup, media, sizes);
      void slices.get(index).then((late) => {
        if (late === undefined || isOver) return;
        swipe.refreshSlideContent(index);
        setVersion((version) => version + 1);
      });
      return { type: 'waiting' };
    });
    swipe.on('contentLoad', (event) => showVideo(event, backup));
    swipe.on('contentDeactivate', ({ content }) => content.element?.querySelector('video')?.pause());
    swipe.on('loadComplete', ({ content, slide }) => fit(content.element, slide, swipe, sizes));
    swipe.on('change', () => moved(swipe.currIndex));
    swipe.on('destroy', () => {
      if (!isOver) closed();
      isOver = true;
    });
    swipe.init();
    swipe.element?.setAttribute('aria-label', 'Photos and videos in full view');
    setViewer(swipe);
    return () => {
      isOver = true;
      setViewer(undefined);
      swipe.destroy();
    };
  }, [backup, total, slices]);

  const media = slices.at(place);
  if (viewer?.element === undefined) return null;
  return createPortal(
    <div className={styles.over}>
      <div className={styles.bar} onPointerDown={(event) => event.stopPropagation()}>
        <button type="button" aria-label="Close" className={styles.button} onClick={() => viewer.close()}>
          <X size={22} aria-hidden="true" />
        </button>
        <span className={styles.count}>
          {formatCount(place + 1)} of {formatCount(total)}
        </span>
        {media !== undefined && (
          <>
            <TickIt
              backup={backup}
              thing={thingAt(media, place)}
              label={tileLabel(media.kind, media.taken)}
            />
            <a
              className={styles.button}
              aria-label="Download the original"
              href={bytesAddress('original', { backup, entry: media.entry })}
              download=""
            >
              <Download size={21} aria-hidden="true" />
            </a>
            <button
              type="button"
              aria-label="About this"
              aria-expanded={hasInfo}
              className={styles.button}
              onClick={() => setInfo(!hasInfo)}
            >
              <Info size={21} aria-hidden="true" />
            </button>
          </>
        )}
      </div>
      {hasInfo && media !== undefined && <About backup={backup} media={media} />}
    </div>,
    viewer.element,
  );
}

function TickIt({ backup, thing, label }: { backup: string; thing: Thing; label: string }): ReactNode {
  const ticked = useTicked(backup);
  return (
    <span className={styles.tick}>
      <Tick
        label={`Tick: ${label}`}
        state={isTicked(ticked, thing) ? 'all' : 'none'}
        onChange={(isOn) => storeOf(backup).change((now) => setThings(now, [thing], isOn))}
      />
    </span>
  );
}

/** What a photo says of itself is read when somebody wants to know; until it is, what the grid knows stands there. */
function About({ backup, media }: { backup: string; media: MediaEntry }): ReactNode {
  const { data } = useAnswer('about', { params: { backup, entry: media.entry } });
  const { width, height, seconds, camera, taken } = data ?? { ...media, camera: undefined };
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Taken', takenWords(taken)],
    ['Known by', data === undefined ? undefined : KNOWN_BY[data.takenBy]],
    ['Folder', folderWords(media.path)],
    ['Size', formatBytes(media.sizeBytes)],
    [
      'Dimensions',
      width !== undefined && height !== undefined
        ? `${formatCount(width)} × ${formatCount(height)} (${((width * height) / 1e6).toFixed(1)} MP)`
        : undefined,
    ],
    ['Length', seconds === undefined ? undefined : formatLength(seconds)],
    ['Camera', camera === undefined ? undefined : showText(camera)],
  ];
  return (
    <aside
      className={styles.about}
      aria-label="About this"
      onPointerDown={(event) => event.stopPropagation()}
    >
      <h2>
        <bdi>{showText(media.name)}</bdi>
      </h2>
      <dl>
        {rows.map(
          ([label, value]) =>
            value !== undefined && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ),
        )}
      </dl>
    </aside>
  );
}

/** How sure the time is. */
const KNOWN_BY = {
  camera: 'Its camera',
  name: 'Its name',
  file: 'When the file was written',
} as const;

/** Dimensions of photos that were shown, by entry: a rotated one's file says them the other way round, some say none. */
type Sizes = Map<number, { readonly width: number; readonly height: number }>;

function slideOf(backup: string, media: MediaEntry, sizes: Sizes): SlideData {
  const known = { alt: tileLabel(media.kind, media.taken), media };
  if (media.kind === 'video') return { ...known, type: 'video' };
  const { width = GUESS, height = GUESS } = sizes.get(media.entry) ?? media;
  return {
    ...known,
    src: bytesAddress('view', { backup, entry: media.entry }),
    msrc: bytesAddress('thumbnail', { backup, entry: media.entry }),
    width,
    height,
  };
}

/** Of a photo whose dimensions nobody knows before it is there. */
const GUESS = 1600;

/** Shows a photo in its own dimensions, which are known for sure once it has come: once for each photo, for showing it anew loads it anew. */
function fit(
  element: HTMLElement | undefined,
  slide: PhotoSwipe['currSlide'],
  swipe: PhotoSwipe,
  sizes: Sizes,
): void {
  const media = slide?.data['media'] as MediaEntry | undefined;
  if (!(element instanceof HTMLImageElement) || slide === undefined || media === undefined) return;
  const { naturalWidth: width, naturalHeight: height } = element;
  if (width === 0 || sizes.has(media.entry)) return;
  sizes.set(media.entry, { width, height });
  const isOff = Math.abs(slide.width / slide.height - width / height) > 0.01;
  if (isOff) queueMicrotask(() => swipe.refreshSlideContent(slide.index));
}

interface LoadEvent {
  readonly content: {
    readonly data: SlideData;
    element?: HTMLElement | undefined;
    state?: string;
    onLoaded?: () => void;
  };
  preventDefault: () => void;
}

/** A video is played in its place. Browsers that cannot play it say so in words. */
function showVideo(event: LoadEvent, backup: string): void {
  const { content } = event;
  if (content.data.type !== 'video' && content.data.type !== 'waiting') return;
  event.preventDefault();
  content.state = 'loaded';
  if (content.data.type === 'waiting') {
    content.element = words('Reading the backup…');
    return;
  }
  const media = content.data['media'] as MediaEntry;
  const frame = document.createElement('div');
  frame.className = styles.video ?? '';
  const video = document.createElement('video');
  video.controls = true;
  video.playsInline = true;
  video.preload = 'metadata';
  video.poster = bytesAddress('thumbnail', { backup, entry: media.entry });
  video.src = bytesAddress('view', { backup, entry: media.entry });
  video.setAttribute('aria-label', tileLabel(media.kind, media.taken, media.seconds));
  // Dragging the player's own controls is no swipe.
  for (const kind of ['pointerdown', 'touchstart', 'wheel'] as const) {
    video.addEventListener(kind, (pressed) => pressed.stopPropagation(), { passive: true });
  }
  video.addEventListener('error', () => {
    video.replaceWith(
      words('This browser cannot play this video. Download it to open it with another program.'),
    );
  });
  frame.append(video);
  content.element = frame;
}

function words(text: string): HTMLElement {
  const frame = document.createElement('div');
  frame.className = styles.video ?? '';
  const line = document.createElement('p');
  line.textContent = text;
  frame.append(line);
  return frame;
}
