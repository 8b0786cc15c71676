import type { Card as DeviceState } from '@holdfast/contract/api';
import { Cable, FolderOpen, Wifi } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { deviceHref, itemsHref } from '#app/addresses.ts';
import { Ago } from '#design/ago.tsx';
import { formatCount, formatPercent, showText } from '#design/format.ts';
import { joinClasses } from '#design/join-classes.ts';
import { DeviceIcon } from '#design/kind-icon.tsx';
import { Progress } from '#design/progress.tsx';
import { CardBadge } from '#design/state-badge.tsx';
import tones from '#design/tones.module.css';
import { CARD_WORDS } from '#design/words.ts';
import { amountsOf, paceOf, shareOf, showsProgress } from '#run/run-progress.ts';
import { ActionButton } from './action-button.tsx';
import styles from './device-card.module.css';

/** A device: one sentence, one number, one button, and how far it is while it is backed up. */
export function DeviceCard({ card }: { readonly card: DeviceState }): ReactNode {
  const { device, state, sentence, remedy, number, button, run } = card;
  const name = showText(device.name);
  return (
    <article className={joinClasses(styles.card, tones[CARD_WORDS[state].tone])} aria-label={name}>
      <header className={styles.head}>
        <span className={styles.picture}>
          <DeviceIcon kind={device.kind} size={22} />
        </span>
        <div className={styles.who}>
          <h2 className={styles.name}>
            <Link href={deviceHref(device.id)}>
              <bdi>{name}</bdi>
            </Link>
          </h2>
          <p className={styles.seen}>
            <CardBadge state={state} />
            <span className={styles.where}>
              <Where card={card} />
            </span>
          </p>
        </div>
      </header>
      <p className={styles.sentence}>{sentence}</p>
      {remedy !== undefined && <p className={styles.remedy}>{remedy}</p>}
      {run !== undefined && showsProgress(run) && (
        <Progress
          label={`Backup of ${name}`}
          share={shareOf(run)}
          tone={run.state.kind === 'running' ? 'busy' : 'wait'}
          words={amountsOf(run)}
          end={paceOf(run) || percentOf(shareOf(run))}
        />
      )}
      <footer className={styles.foot}>
        {number === undefined ? (
          <span />
        ) : (
          <Link href={itemsHref(device.id, number)} className={styles.number}>
            <strong>{formatCount(number.value)}</strong> <span>{number.label}</span>
          </Link>
        )}
        <ActionButton
          device={device.id}
          button={button}
          about={name}
          look={state === 'safe' ? 'plain' : 'main'}
        />
      </footer>
    </article>
  );
}

const percentOf = (share: number | undefined): string => (share === undefined ? '' : formatPercent(share));

function Where({ card: { isInSight, route, lastSeen } }: { readonly card: DeviceState }): ReactNode {
  if (!isInSight)
    return (
      <>
        <span>
          Last seen <Ago time={lastSeen} />
        </span>
      </>
    );
  if (route === 'network')
    return (
      <>
        <Wifi size={14} aria-hidden="true" /> Here, over Wi-Fi
      </>
    );
  if (route === 'folder')
    return (
      <>
        <FolderOpen size={14} aria-hidden="true" /> On this computer
      </>
    );
  return (
    <>
      <Cable size={14} aria-hidden="true" /> Here, by cable
    </>
  );
}
