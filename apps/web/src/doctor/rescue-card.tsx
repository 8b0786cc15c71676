import { LifeBuoy } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useAnswer, useOperation } from '#api/hooks.ts';
import { runHref } from '#app/addresses.ts';
import { Ago } from '#design/ago.tsx';
import { Button, LinkButton } from '#design/button.tsx';
import { plural } from '#design/format.ts';
import { useToast } from '#design/toast.tsx';
import styles from './rescue-card.module.css';
import { type Saved, savedBy } from './saved.ts';

interface RescueCardProps {
  readonly device: string;
  /** Photos and videos in no backup; `undefined` where nobody knows. */
  readonly notRescued: number | undefined;
}

/** What helps in any case: the photos are saved here, and compared with the phone as proof. */
export function RescueCard({ device, notRescued }: RescueCardProps): ReactNode {
  const [, go] = useLocation();
  const toast = useToast();
  const runs = useAnswer('runs', { query: { device } });
  const start = useOperation('startRun', ['home', 'runs', 'device']);
  const saved = savedBy(runs.data?.runs.filter((run) => run.device?.id === device) ?? []);
  const begin = (body: Parameters<typeof start.mutate>[0]['body']): void =>
    start.mutate({ body }, { onSuccess: (run) => go(runHref(run.id)), onError: toast.complain });
  return (
    <section className={styles.rescue} aria-labelledby="rescue">
      <span className={styles.picture} aria-hidden="true">
        <LifeBuoy size={26} />
      </span>
      <div className={styles.words}>
        <h2 id="rescue">Do not wait for Google Photos</h2>
        <p>
          {notRescued === undefined
            ? 'The photos and videos of this phone can be saved here, of any size and type.'
            : notRescued === 0
              ? 'All photos and videos known of this phone are in a backup of Holdfast. New ones can be added now.'
              : `${plural(notRescued, 'photo or video is', 'photos and videos are')} in no backup of Holdfast. They can be saved here now, of any size and type.`}
        </p>
        <SavedSoFar saved={saved} />
        <div className={styles.buttons}>
          {saved.kind === 'under-way' ? (
            <LinkButton look="main" href={runHref(saved.run.id)}>
              Watch the {saved.run.kind === 'audit' ? 'comparison' : 'backup'}
            </LinkButton>
          ) : (
            <>
              {saved.kind !== 'not-yet' && (
                <Button disabled={start.isPending} onClick={() => begin({ kind: 'audit', device })}>
                  Compare as proof
                </Button>
              )}
              <Button
                look="main"
                working={start.isPending && 'Beginning…'}
                onClick={() => begin({ kind: 'backup', device, types: ['photos', 'videos'] })}
              >
                Back up this phone with Holdfast now
              </Button>
            </>
          )}
        </div>
      </div>
    </section>
  );
}

function SavedSoFar({ saved }: { readonly saved: Saved }): ReactNode {
  switch (saved.kind) {
    case 'not-yet':
      return (
        <p className={styles.soft}>Afterwards, compare the phone with its backups: that is the proof.</p>
      );
    case 'under-way':
      return null;
    case 'saved':
      return (
        <p className={styles.soft}>
          Last saved <Ago time={saved.backup.ended ?? saved.backup.began} />. Compare the phone with it: that
          is the proof.
        </p>
      );
    case 'compared':
      return (
        <p className={styles.soft}>
          Saved, and compared with the phone <Ago time={saved.audit.ended ?? saved.audit.began} />.{' '}
          {saved.audit.state.kind === 'done' && saved.audit.state.sentence}{' '}
          <Link href={runHref(saved.audit.id)}>See the comparison</Link>
        </p>
      );
  }
}
