import type { MediaEntry } from '@holdfast/contract/api';
import type { ReactNode } from 'react';
import { useAnswer } from '#api/hooks.ts';
import { formatBytes, formatCount, formatLength, showText } from '#design/format.ts';
import { folderWords, takenWords } from '../moments.ts';
import styles from './full-view.module.css';

/** Gives what is known of a photo or video. What it says of itself is read when somebody wants to know; until it is, what the grid knows stands there. */
export function About({ backup, media }: { backup: string; media: MediaEntry }): ReactNode {
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
