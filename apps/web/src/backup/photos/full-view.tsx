import type { MediaEntry } from '@holdfast/contract/api';
import PhotoSwipe from 'photoswipe';
import 'photoswipe/style.css';
import { Download, Info, X } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { createPortal } from 'react-dom';
import { bytesAddress } from '#api/address.ts';
import { formatCount } from '#design/format.ts';
import { tileLabel } from '../moments.ts';
import { isTicked, setThings, type Thing } from '../selection/selection.ts';
import { Tick } from '../selection/tick.tsx';
import { storeOf, useTicked } from '../selection/use-ticked.ts';
import { About } from './about.tsx';
import styles from './full-view.module.css';
import { showVideo } from './shown-video.ts';
import type { Slices } from './slices.ts';
import { type Sizes, slideOf } from './slide.ts';

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
