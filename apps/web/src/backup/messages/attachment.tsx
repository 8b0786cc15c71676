import type { Message } from '@holdfast/contract/api';
import { FileQuestionMark, Paperclip } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { bytesAddress } from '#api/address.ts';
import { formatBytes, showText } from '#design/format.ts';
import styles from './thread-view.module.css';

interface AttachmentProps {
  readonly backup: string;
  readonly attachment: Message['attachments'][number];
}

/** Gives what came with a message: a picture, a player, or a file to download. */
export function Attachment({ backup, attachment }: AttachmentProps): ReactNode {
  const [isShown, setShown] = useState(true);
  const { entry, mediaType, sizeBytes } = attachment;
  const name = showText(attachment.name ?? 'Attachment').slice(0, 120);
  const size = sizeBytes === undefined ? '' : ` (${formatBytes(sizeBytes)})`;
  if (entry === undefined)
    return (
      <span className={styles.file}>
        <FileQuestionMark size={18} aria-hidden="true" />
        <span>
          <bdi>{name}</bdi>: its content is not in this backup
        </span>
      </span>
    );
  const view = bytesAddress('view', { backup, entry });
  if (isShown && mediaType.startsWith('image/'))
    return (
      <a href={view} target="_blank" rel="noreferrer" aria-label={`Open the picture ${name}`}>
        <img
          className={styles.picture}
          src={view}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => setShown(false)}
        />
      </a>
    );
  if (isShown && mediaType.startsWith('video/'))
    return (
      <video
        className={styles.player}
        src={view}
        controls
        playsInline
        preload="none"
        aria-label={name}
        onError={() => setShown(false)}
      />
    );
  if (isShown && mediaType.startsWith('audio/'))
    return (
      <audio
        className={styles.sound}
        src={view}
        controls
        preload="none"
        aria-label={name}
        onError={() => setShown(false)}
      />
    );
  return (
    <a className={styles.file} href={bytesAddress('original', { backup, entry })} download="">
      <Paperclip size={18} aria-hidden="true" />
      <span>
        <bdi>{name}</bdi>
        {size}
      </span>
    </a>
  );
}
