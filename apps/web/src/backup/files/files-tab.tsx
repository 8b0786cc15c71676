import type { ItemKind } from '@holdfast/contract';
import type { FileEntry } from '@holdfast/contract/api';
import { ChevronRight, Folder, FolderOpen, Link2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { bytesAddress } from '#api/address.ts';
import { usePages } from '#api/hooks.ts';
import { Answered } from '#design/answered.tsx';
import { EmptyState } from '#design/empty-state.tsx';
import { formatBytes, formatTime, plural, showText } from '#design/format.ts';
import { KindIcon } from '#design/kind-icon.tsx';
import styles from '../panes.module.css';
import { MorePages } from '../panes.tsx';
import { folderState, isTicked, setFolder, setThings } from '../selection/selection.ts';
import { Tick } from '../selection/tick.tsx';
import { storeOf, useTicked } from '../selection/use-ticked.ts';
import { FileDialog } from '../viewer/file-dialog.tsx';
import { typeOfKind } from './type-of-kind.ts';

/** Gives the folders and files of a backup, as they lie on the device. */
export function FilesTab({
  backup,
  folder,
}: {
  readonly backup: string;
  readonly folder: number | undefined;
}): ReactNode {
  const files = usePages('files', { params: { backup }, query: folder === undefined ? {} : { folder } });
  const [open, setOpen] = useState<FileEntry>();
  return (
    <Answered of={files} words="Reading the folder…" lines={8}>
      {(pages) => {
        const above = pages[0]?.above ?? [];
        const entries = pages.flatMap((page) => page.entries);
        return (
          <>
            <Crumbs backup={backup} above={above} />
            {entries.length === 0 ? (
              <EmptyState icon={<FolderOpen size={40} />} title="This folder is empty" />
            ) : (
              <div className={styles.sheet}>
                <ul aria-label={showText(above.at(-1)?.name ?? 'All files')}>
                  {entries.map((entry) => (
                    <FileLine key={entry.entry} backup={backup} file={entry} onOpen={setOpen} />
                  ))}
                </ul>
                <MorePages
                  words="More files"
                  hasMore={files.hasNextPage}
                  isFetching={files.isFetchingNextPage}
                  onMore={() => void files.fetchNextPage()}
                />
              </div>
            )}
            {open !== undefined && (
              <FileDialog backup={backup} file={open} onClose={() => setOpen(undefined)} />
            )}
          </>
        );
      }}
    </Answered>
  );
}

function Crumbs({
  backup,
  above,
}: {
  readonly backup: string;
  readonly above: readonly { readonly entry: number; readonly name: string }[];
}): ReactNode {
  return (
    <nav aria-label="Folders above">
      <ol className={styles.crumbs}>
        <li>
          <Link
            href={`/backups/${backup}/files`}
            {...(above.length === 0 && { 'aria-current': 'page' as const })}
          >
            All files
          </Link>
        </li>
        {above.map(({ entry, name }, index) => (
          <li key={entry}>
            <ChevronRight size={14} aria-hidden="true" />
            <Link
              href={`/backups/${backup}/files/${entry}`}
              {...(index === above.length - 1 && { 'aria-current': 'page' as const })}
            >
              <bdi>{showText(name)}</bdi>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface FileLineProps {
  readonly backup: string;
  readonly file: FileEntry;
  readonly onOpen: (file: FileEntry) => void;
}

function FileLine({ backup, file, onOpen }: FileLineProps): ReactNode {
  const ticked = useTicked(backup);
  const name = showText(file.name);
  const isFolder = file.what === 'folder';
  const type = file.kind === undefined ? undefined : typeOfKind(file.kind);
  const thing = {
    entry: file.entry,
    path: file.path,
    items: file.items ?? 1,
    ...(file.sizeBytes !== undefined && { bytes: file.sizeBytes }),
    ...(type !== undefined && { type }),
  };
  const words = (
    <>
      <span className={styles.icon}>
        <FilePicture backup={backup} file={file} />
      </span>
      <span className={styles.words}>
        <bdi className={styles.title}>{name}</bdi>
        <span className={styles.more}>
          {isFolder
            ? plural(file.items ?? 0, 'file')
            : [
                file.what === 'link' ? 'Link' : undefined,
                file.sizeBytes === undefined ? undefined : formatBytes(file.sizeBytes),
                file.modified === undefined ? undefined : formatTime(file.modified),
              ]
                .filter((word) => word !== undefined)
                .join(' · ')}
        </span>
      </span>
    </>
  );
  return (
    <li className={styles.row}>
      <Tick
        label={isFolder ? `The folder ${name} with all in it` : name}
        state={isFolder ? folderState(ticked, thing) : isTicked(ticked, thing) ? 'all' : 'none'}
        onChange={(isOn) =>
          storeOf(backup).change((now) =>
            isFolder ? setFolder(now, thing, isOn) : setThings(now, [thing], isOn),
          )
        }
      />
      {isFolder ? (
        <Link href={`/backups/${backup}/files/${file.entry}`} className={styles.link}>
          {words}
          <ChevronRight size={18} aria-hidden="true" />
        </Link>
      ) : (
        <button type="button" className={styles.link} onClick={() => onOpen(file)}>
          {words}
        </button>
      )}
    </li>
  );
}

const PICTURED: readonly (ItemKind | undefined)[] = ['photo', 'video'];

function FilePicture({ backup, file }: { backup: string; file: FileEntry }): ReactNode {
  const [isShown, setShown] = useState(true);
  if (file.what === 'folder') return <Folder size={20} fill="currentColor" aria-hidden="true" />;
  if (file.what === 'link') return <Link2 size={20} aria-hidden="true" />;
  if (!isShown || !PICTURED.includes(file.kind)) return <KindIcon kind={file.kind ?? 'file'} />;
  return (
    <img
      src={bytesAddress('thumbnail', { backup, entry: file.entry })}
      alt=""
      loading="lazy"
      decoding="async"
      onError={() => setShown(false)}
    />
  );
}
