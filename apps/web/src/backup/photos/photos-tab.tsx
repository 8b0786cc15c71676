import type { BackupContents } from '@holdfast/contract/api';
import { Images } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { call } from '#api/call.ts';
import { useAnswer } from '#api/hooks.ts';
import { Answered } from '#design/answered.tsx';
import { Button } from '#design/button.tsx';
import { EmptyState } from '#design/empty-state.tsx';
import { plural } from '#design/format.ts';
import { later } from '#design/later.tsx';
import { Notice } from '#design/notice.tsx';
import { setTypes, typesState } from '../selection/selection.ts';
import { Tick } from '../selection/tick.tsx';
import { storeOf, useTicked } from '../selection/use-ticked.ts';
import { weightsOf } from '../tabs.ts';
import { type Day, dayOf, layOut, measuresFor } from './layout.ts';
import styles from './photo-grid.module.css';
import { PhotoGrid } from './photo-grid.tsx';
import { slicesOf } from './slices.ts';
import { thingOf } from './things.ts';

const FullView = later(async () => (await import('./full-view.tsx')).FullView);

const TYPES = ['photos', 'videos'] as const;

interface PhotosTabProps {
  readonly backup: string;
  readonly types: (BackupContents & { kind: 'ready' })['types'];
}

/** Gives the photos and videos of a backup: the grid, and one of them in full view. */
export function PhotosTab({ backup, types }: PhotosTabProps): ReactNode {
  const days = useAnswer('days', { params: { backup } });
  return (
    <Answered of={days} words="Sorting photos and videos by day…" lines={8}>
      {({ days: list, total }) =>
        total === 0 ? (
          <EmptyState icon={<Images size={40} />} title="No photos or videos">
            This backup has none.
          </EmptyState>
        ) : (
          <Photos backup={backup} days={list} total={total} types={types} />
        )
      }
    </Answered>
  );
}

function Photos({
  backup,
  days,
  total,
  types,
}: PhotosTabProps & { days: readonly Day[]; total: number }): ReactNode {
  const slices = useSlices(backup, total);
  const { viewed, open, move, close } = useViewed(total);
  const ticked = useTicked(backup);
  const weights = weightsOf(types, TYPES);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => slices.listen(() => setFailed(slices.hasFailed())), [slices]);
  // Any width will do: only the days matter here.
  const [byDay] = useState(() => layOut(days, measuresFor(1000)));
  const items = [...weights.values()].reduce((sum, weight) => sum + weight.items, 0);
  return (
    <>
      <div className={styles.toolbar}>
        <Tick
          label={`All photos and videos, ${items}`}
          state={typesState(ticked, TYPES)}
          onChange={(isOn) => storeOf(backup).change((now) => setTypes(now, weights, isOn))}
        >
          All {plural(total, 'photo or video', 'photos and videos')}
        </Tick>
      </div>
      {hasFailed && (
        <Notice
          tone="bad"
          role="alert"
          title="Some of the photos could not be read."
          buttons={<Button onClick={() => slices.again()}>Try again</Button>}
        />
      )}
      <PhotoGrid backup={backup} days={days} slices={slices} viewed={viewed} onOpen={open} />
      {viewed !== undefined && (
        <FullView
          backup={backup}
          total={total}
          slices={slices}
          place={viewed}
          thingAt={(media, place) => thingOf(media, dayOf(byDay, place)?.day)}
          onMove={move}
          onClose={close}
        />
      )}
    </>
  );
}

function useSlices(backup: string, total: number) {
  const [slices] = useState(() =>
    slicesOf(
      async (from, limit, signal) =>
        (await call('media', { params: { backup }, query: { from, limit } }, signal)).media,
      { total },
    ),
  );
  useEffect(() => () => slices.close(), [slices]);
  return slices;
}

/** The place in full view is in the address, so that going back closes it. */
function useViewed(total: number) {
  const search = useSearch();
  const [location, navigate] = useLocation();
  const text = new URLSearchParams(search).get('view');
  const asked = text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  const viewed = asked !== undefined && asked < total ? asked : undefined;
  const open = (place: number) => navigate(`${location}?view=${place}`, { state: OPENED_HERE });
  const move = (place: number) => {
    if (place !== viewed)
      navigate(`${location}?view=${place}`, { replace: true, state: history.state as unknown });
  };
  const close = useCallback(() => {
    // Where the view was opened from the grid, that is the page before this one.
    if (isOpenedHere(history.state)) history.back();
    else navigate(location, { replace: true });
  }, [location, navigate]);
  return { viewed, open, move, close };
}

const OPENED_HERE = { isOpenedHere: true };
const isOpenedHere = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && 'isOpenedHere' in state;
