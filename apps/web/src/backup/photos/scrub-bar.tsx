import { ChevronsUpDown } from 'lucide-react';
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { joinClasses } from '#design/join-classes.ts';
import type { GridLayout } from './layout.ts';
import styles from './scrub-bar.module.css';
import { monthAt, scrubMarks } from './scrubber.ts';
import type { ScrollPlace } from './use-rows-in-view.ts';

interface ScrubBarProps {
  readonly host: RefObject<HTMLElement | null>;
  readonly layout: GridLayout;
  readonly place: ScrollPlace;
  /** Called by the grid with every frame in which it moved. */
  readonly scrubbed: RefObject<(() => void) | undefined>;
}

/** Gives the edge at which one drags through the years. It moves without React: it follows every pixel. */
export function ScrubBar({ host, layout, place, scrubbed }: ScrubBarProps): ReactNode {
  const bar = useRef<HTMLDivElement>(null);
  const thumb = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLSpanElement>(null);
  const [height, setHeight] = useState(0);
  const [isDragging, setDragging] = useState(false);
  const marks = useMemo(() => scrubMarks(layout, height), [layout, height]);

  useLayoutEffect(() => {
    const element = bar.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    let quiet: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      const share = Math.min(1, Math.max(0, place.y / Math.max(1, layout.height - place.viewHeight)));
      if (thumb.current !== null) thumb.current.style.transform = `translateY(${share * height}px)`;
      const month = monthAt(layout, Math.max(0, place.y));
      if (words.current !== null && words.current.textContent !== month) words.current.textContent = month;
      bar.current?.setAttribute('aria-valuenow', String(Math.round(share * 100)));
      bar.current?.setAttribute('aria-valuetext', month);
      if (place.speed > 0.3) bar.current?.setAttribute('data-moves', '');
      clearTimeout(quiet);
      quiet = setTimeout(() => bar.current?.removeAttribute('data-moves'), 1200);
    };
    scrubbed.current = draw;
    draw();
    return () => {
      scrubbed.current = undefined;
      clearTimeout(quiet);
    };
  }, [layout, place, height, scrubbed]);

  const goTo = (share: number): void => {
    const element = host.current;
    if (element === null) return;
    const top = element.getBoundingClientRect().top + window.scrollY;
    const y = Math.min(1, Math.max(0, share)) * (layout.height - place.viewHeight);
    window.scrollTo({ top: share <= 0 ? 0 : top + y, behavior: 'instant' });
  };
  const onPointer = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.type === 'pointerdown') {
      event.currentTarget.setPointerCapture(event.pointerId);
      setDragging(true);
      event.preventDefault();
    } else if (!isDragging) return;
    const box = event.currentTarget.getBoundingClientRect();
    goTo((event.clientY - box.top) / box.height);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowUp: -0.01, ArrowDown: 0.01, PageUp: -0.1, PageDown: 0.1, Home: -1, End: 1 }[
      event.key
    ];
    if (step === undefined) return;
    event.preventDefault();
    goTo(place.y / Math.max(1, layout.height - place.viewHeight) + step);
  };
  if (layout.height < 3000) return null;
  return (
    <div
      ref={bar}
      role="slider"
      tabIndex={0}
      aria-label="Go to a month"
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      className={joinClasses(styles.bar, isDragging && styles.dragging)}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
      onPointerUp={() => setDragging(false)}
      onPointerCancel={() => setDragging(false)}
      onKeyDown={onKeyDown}
    >
      {marks.map(({ text, kind, at }) => (
        <span
          key={`${kind} ${at}`}
          className={styles[kind]}
          style={{ top: `${at * 100}%` }}
          aria-hidden="true"
        >
          {text}
        </span>
      ))}
      <div ref={thumb} className={styles.thumb} aria-hidden="true">
        <span ref={words} className={styles.words} />
        <span className={styles.grip}>
          <ChevronsUpDown size={16} />
        </span>
      </div>
    </div>
  );
}
