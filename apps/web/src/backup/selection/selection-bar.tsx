import { Download, RotateCcw, X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { bytesAddress } from '#api/address.ts';
import { call } from '#api/call.ts';
import { Button, LinkButton } from '#design/button.tsx';
import { formatBytes, plural } from '#design/format.ts';
import { useToast } from '#design/toast.tsx';
import { isNothing, selectionOf, type Ticked, type Weight, weigh } from './selection.ts';
import styles from './selection-bar.module.css';
import { storeOf, useTicked } from './use-ticked.ts';

/** Gives the bar at the bottom: how much is ticked, and what can be done with it. There is none while nothing is. */
export function SelectionBar({ backup }: { readonly backup: string }): ReactNode {
  const ticked = useTicked(backup);
  const store = storeOf(backup);
  if (isNothing(ticked)) return store.canUndo() ? <Undo backup={backup} /> : null;
  return <Bar backup={backup} ticked={ticked} />;
}

function Bar({ backup, ticked }: { backup: string; ticked: Ticked }): ReactNode {
  const exact = useExactWeight(backup, ticked);
  const weight = exact ?? weigh(ticked);
  return (
    <section className={styles.bar} aria-label="What is ticked">
      <Button
        look="icon"
        icon={<X size={20} />}
        aria-label="Take all ticks away"
        onClick={() => storeOf(backup).clear()}
      />
      <p className={styles.words} aria-live="polite">
        <strong>{plural(weight.items, 'item')}</strong>
        {weight.bytes !== 0 && (
          <span>{weight.bytes === undefined ? 'adding up…' : formatBytes(weight.bytes)}</span>
        )}
      </p>
      <DownloadButton backup={backup} ticked={ticked} />
      <LinkButton look="main" href={`/restore/${backup}`} icon={<RotateCcw size={18} aria-hidden="true" />}>
        Restore…
      </LinkButton>
    </section>
  );
}

/** What the server says is ticked, once the ticks have rested: a photo may be ticked as itself and in its folder. */
export function useExactWeight(backup: string, ticked: Ticked): Weight | undefined {
  const [known, setKnown] = useState<{ ticked: Ticked; weight: Weight }>();
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      call('download', { params: { backup }, body: selectionOf(ticked) }, abort.signal).then(
        ({ items, bytes }) => setKnown({ ticked, weight: { items, bytes } }),
        () => undefined,
      );
    }, 500);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [backup, ticked]);
  return known?.ticked === ticked ? known.weight : undefined;
}

function DownloadButton({ backup, ticked }: { backup: string; ticked: Ticked }): ReactNode {
  const download = useDownload(backup);
  return (
    <Button
      icon={<Download size={18} aria-hidden="true" />}
      working={download.isPreparing && 'Preparing…'}
      aria-label="Download"
      onClick={() => download.begin(ticked)}
    >
      <span className={styles.long}>Download</span>
    </Button>
  );
}

/** Gives what makes a zip of what is ticked and has the browser save it. */
export function useDownload(backup: string): { isPreparing: boolean; begin: (ticked: Ticked) => void } {
  const [isPreparing, setPreparing] = useState(false);
  const toast = useToast();
  const begin = (ticked: Ticked): void => {
    setPreparing(true);
    call('download', { params: { backup }, body: selectionOf(ticked) })
      .then(
        ({ download, items, bytes }) => {
          const link = document.createElement('a');
          link.href = bytesAddress('download', { download });
          link.download = '';
          link.click();
          toast.say(
            `The download of ${plural(items, 'item')}${bytes === 0 ? '' : ` (${formatBytes(bytes)})`} begins.`,
          );
        },
        (thrown: unknown) => toast.complain(thrown),
      )
      .finally(() => setPreparing(false));
  };
  return { isPreparing, begin };
}

const UNDO_MS = 9_000;

function Undo({ backup }: { backup: string }): ReactNode {
  const [isShown, setShown] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setShown(false), UNDO_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isShown) return null;
  return (
    <section className={styles.bar} aria-label="What was ticked">
      <p className={styles.words} role="status">
        <span>All ticks are taken away.</span>
      </p>
      <Button onClick={() => storeOf(backup).undo()}>Bring them back</Button>
    </section>
  );
}
