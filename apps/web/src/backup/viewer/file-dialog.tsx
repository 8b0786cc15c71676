import type { ItemKind } from '@holdfast/contract';
import { Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { bytesAddress } from '#api/address.ts';
import { AnchorButton } from '#design/button.tsx';
import { Dialog } from '#design/dialog.tsx';
import { formatBytes, formatTime, showText } from '#design/format.ts';
import { Soft } from '#design/layout.tsx';
import { folderWords } from '../moments.ts';
import styles from './file-dialog.module.css';

interface FileDialogProps {
  readonly backup: string;
  readonly file: {
    readonly entry: number;
    readonly name: string;
    readonly path?: string;
    readonly kind?: ItemKind | undefined;
    readonly sizeBytes?: number | undefined;
    readonly modified?: string | undefined;
  };
  readonly onClose: () => void;
}

/** Gives one file to look at, as far as a browser can show it, and to download. */
export function FileDialog({ backup, file, onClose }: FileDialogProps): ReactNode {
  const name = showText(file.name);
  return (
    <Dialog
      title={name}
      isWide
      onClose={onClose}
      buttons={
        <AnchorButton
          look="main"
          icon={<Download size={18} aria-hidden="true" />}
          href={bytesAddress('original', { backup, entry: file.entry })}
          download=""
        >
          Download{file.sizeBytes === undefined ? '' : ` (${formatBytes(file.sizeBytes)})`}
        </AnchorButton>
      }
    >
      <Shown address={bytesAddress('view', { backup, entry: file.entry })} kind={file.kind} name={name} />
      <p>
        <Soft isSmall>
          {file.path !== undefined && <bdi>{folderWords(file.path)}</bdi>}
          {file.modified !== undefined && <> · changed {formatTime(file.modified)}</>}
        </Soft>
      </p>
    </Dialog>
  );
}

function Shown({
  address,
  kind,
  name,
}: {
  address: string;
  kind: ItemKind | undefined;
  name: string;
}): ReactNode {
  const [isShown, setShown] = useState(true);
  const fails = (): void => setShown(false);
  if (isShown && kind === 'photo')
    return <img className={styles.shown} src={address} alt={name} onError={fails} />;
  if (isShown && kind === 'video')
    return (
      <video
        className={styles.shown}
        src={address}
        controls
        playsInline
        preload="metadata"
        aria-label={name}
        onError={fails}
      />
    );
  if (isShown && kind === 'audio')
    return (
      <audio
        className={styles.sound}
        src={address}
        controls
        preload="metadata"
        aria-label={name}
        onError={fails}
      />
    );
  return (
    <p className={styles.none}>
      This browser shows no such files. Download it to open it with another program.
    </p>
  );
}
