import { ChevronRight, Folder } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useAnswer } from '#api/hooks.ts';
import { Answered } from '#design/answered.tsx';
import { Button } from '#design/button.tsx';
import { Check } from '#design/field.tsx';
import { showText } from '#design/format.ts';
import { joinClasses } from '#design/join-classes.ts';
import { Soft } from '#design/layout.tsx';
import styles from './folder-tree.module.css';
import { withFolder } from './rules-draft.ts';

interface FolderTreeProps {
  readonly device: string;
  readonly foldersOff: readonly string[];
  readonly onChange: (foldersOff: string[]) => void;
}

/** The folder of a phone's files in the ledger: beside it lie messages and other records, which are chosen by their types. */
export const PHONE_FILES = 'files';
const INTERNAL = `${PHONE_FILES}/internal`;

/** Folders of a device below `top` to be ticked; those in them come when one is opened. */
export function FolderTree({
  top,
  ...rest
}: FolderTreeProps & { readonly top: typeof PHONE_FILES | '' }): ReactNode {
  return <Branch {...rest} under={top} isTop isAboveOff={rest.foldersOff.includes(top)} />;
}

interface BranchProps extends FolderTreeProps {
  readonly isTop?: boolean;
  readonly under: string;
  /** True when a folder it lies in is off: then it is off too. */
  readonly isAboveOff: boolean;
}

function Branch({ under, isTop = false, ...rest }: BranchProps): ReactNode {
  const folders = useAnswer('deviceFolders', { params: { device: rest.device }, query: { under } });
  return (
    <Answered of={folders} words="Reading the folders…" lines={3}>
      {({ folders: list }) =>
        list.length === 0 ? (
          <Soft isSmall>
            {isTop ? 'No folders are known yet: they are after the first backup.' : 'No folders in it.'}
          </Soft>
        ) : (
          <ul className={styles.branch}>
            {list.map(({ path, name }) => (
              <li key={path}>
                <Twig {...rest} path={path} name={name} />
              </li>
            ))}
          </ul>
        )
      }
    </Answered>
  );
}

interface TwigProps extends Omit<BranchProps, 'under' | 'isTop'> {
  readonly path: string;
  readonly name: string;
}

function Twig({ path, name, ...rest }: TwigProps): ReactNode {
  const [isOpen, setOpen] = useState(path === INTERNAL);
  const isOff = rest.isAboveOff || rest.foldersOff.includes(path);
  const shown = path === INTERNAL ? 'Internal storage' : showText(name);
  return (
    <>
      <div className={styles.twig}>
        <Button
          look="icon"
          icon={<ChevronRight size={18} className={joinClasses(styles.arrow, isOpen && styles.open)} />}
          aria-label={`Folders in ${shown}`}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        />
        <Check
          label={
            <span className={styles.name}>
              <Folder size={18} aria-hidden="true" />
              <bdi>{shown}</bdi>
            </span>
          }
          isTicked={!isOff}
          disabled={rest.isAboveOff}
          onChange={(isTicked) => rest.onChange(withFolder(rest.foldersOff, path, !isTicked))}
        />
      </div>
      {isOpen && (
        <div className={styles.inside}>
          <Branch {...rest} under={path} isAboveOff={isOff} />
        </div>
      )}
    </>
  );
}
