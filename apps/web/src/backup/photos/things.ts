import type { MediaEntry } from '@holdfast/contract/api';
import { setDay, type Thing, type Ticked, type Weight } from '../selection/selection.ts';
import type { GridLayout } from './layout.ts';

/** Gives a photo or video as something to tick. */
export function thingOf(media: MediaEntry, day: string | undefined): Thing {
  return {
    entry: media.entry,
    type: media.kind === 'photo' ? 'photos' : 'videos',
    path: media.path,
    items: 1,
    bytes: media.sizeBytes,
    ...(day === undefined ? {} : { day }),
  };
}

/** Gives the change that ticks a day, or takes it away. */
export function dayChange(layout: GridLayout, day: string, isOn: boolean): (ticked: Ticked) => Ticked {
  const days = new Map<string, Weight>(layout.days.map((one) => [one.day, { items: one.items }]));
  return (ticked) => setDay(ticked, day, days, isOn);
}
