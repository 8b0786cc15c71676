import type { MediaEntry } from '@holdfast/contract/api';
import type { SlideData } from 'photoswipe';
import { bytesAddress } from '#api/address.ts';
import { tileLabel } from '../moments.ts';
import styles from './full-view.module.css';

/** What the viewer asks to be shown. */
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
export function showVideo(event: LoadEvent, backup: string): void {
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
