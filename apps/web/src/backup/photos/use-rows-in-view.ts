import { type RefObject, useLayoutEffect, useState } from 'react';
import { type GridLayout, rowAtHeight } from './layout.ts';

/** Rows that are drawn, both ends too. */
export interface RowsInView {
  readonly first: number;
  readonly last: number;
}

/** What moves with every pixel, and so is no state: read it, or listen. */
export interface ScrollPlace {
  /** How far down the grid the view begins. */
  y: number;
  viewHeight: number;
  /** Pixels in a millisecond, as of the last frame. */
  speed: number;
  at: number;
}

const NONE: RowsInView = { first: 0, last: -1 };
/** Faster than this nobody sees a photo: what passes by is not fetched. */
export const FLING = 4;
/** So long the pictures in sight have the machine for themselves. */
const SETTLING_MS = 250;

/** Gives the rows that are in view or nearly so. It changes when rows come or go, not with every pixel; `moved` is called with every frame. */
export function useRowsInView(
  host: RefObject<HTMLElement | null>,
  layout: GridLayout,
  place: ScrollPlace,
  moved: () => void,
): RowsInView {
  const [rows, setRows] = useState(NONE);
  useLayoutEffect(() => {
    let frame = 0;
    let rest: ReturnType<typeof setTimeout> | undefined;
    let bareUntil = performance.now() + SETTLING_MS;
    const look = () => {
      frame = 0;
      const element = host.current;
      if (element === null) return;
      const now = performance.now();
      const y = -element.getBoundingClientRect().top;
      const elapsed = now - place.at;
      place.speed = elapsed > 0 && elapsed < 250 ? Math.abs(y - place.y) / elapsed : 0;
      place.y = y;
      place.at = now;
      place.viewHeight = window.innerHeight;
      // While it flies, rows that are still out of sight are drawn for nothing; just then and at first, what is in sight would wait for them.
      if (place.speed > FLING) bareUntil = now + SETTLING_MS;
      const isBare = now < bareUntil;
      const margin = isBare ? 40 : Math.min(600, place.viewHeight * 0.6);
      const first = rowAtHeight(layout, y - margin);
      const last = rowAtHeight(layout, y + place.viewHeight + margin);
      setRows((before) => (before.first === first && before.last === last ? before : { first, last }));
      moved();
      clearTimeout(rest);
      if (isBare) rest = setTimeout(look, SETTLING_MS);
    };
    const soon = () => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    look();
    window.addEventListener('scroll', soon, { passive: true });
    window.addEventListener('resize', soon);
    return () => {
      window.removeEventListener('scroll', soon);
      window.removeEventListener('resize', soon);
      cancelAnimationFrame(frame);
      clearTimeout(rest);
    };
  }, [host, layout, place, moved]);
  return rows;
}
