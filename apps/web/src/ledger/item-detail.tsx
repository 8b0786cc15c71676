import type { LedgerItem } from '@holdfast/contract/api';
import { type ReactNode, useId } from 'react';
import { Link } from 'wouter';
import { useOperation } from '#api/hooks.ts';
import { backupHref } from '#app/addresses.ts';
import { Ago } from '#design/ago.tsx';
import { Button } from '#design/button.tsx';
import { Dialog } from '#design/dialog.tsx';
import { formatBytes, formatCount, formatTime, nameOf, showText } from '#design/format.ts';
import { Row, Stack } from '#design/layout.tsx';
import { Notice } from '#design/notice.tsx';
import { remedyOf } from '#design/reason-words.ts';
import { StateBadge } from '#design/state-badge.tsx';
import { useToast } from '#design/toast.tsx';
import { capital, KIND_WORDS, STATE_WORDS } from '#design/words.ts';
import styles from './item-detail.module.css';

interface ItemDetailProps {
  readonly device: string;
  readonly item: LedgerItem;
  readonly onClose: () => void;
}

/** All that is known of an item: its state, why, since when, and the receipt that proves it. What shall be done with it from now on. */
export function ItemDetail({ device, item, onClose }: ItemDetailProps): ReactNode {
  const hold = useOperation('holdItems', ['items', 'counts', 'device', 'home']);
  const toast = useToast();
  const isOut = item.reason === 'rule-item' || item.reason === 'held';
  const set = (what: 'skip' | 'hold' | 'let-go', done: string): void =>
    hold.mutate(
      { params: { device }, body: { paths: [item.path], what } },
      {
        onSuccess: () => {
          toast.say(done);
          onClose();
        },
        onError: toast.complain,
      },
    );
  const remedy = remedyOf(item.reason, item.remedy);
  return (
    <Dialog
      title={item.title === undefined ? nameOf(item.path) : showText(item.title)}
      isWide
      onClose={onClose}
      buttons={
        isOut ? (
          <Button
            look="main"
            working={hold.isPending && 'One moment…'}
            onClick={() => set('let-go', 'It is backed up again from now on.')}
          >
            Back it up again
          </Button>
        ) : (
          <>
            <Button disabled={hold.isPending} onClick={() => set('hold', 'Held back until you let it go.')}>
              Hold back for now
            </Button>
            <Button disabled={hold.isPending} onClick={() => set('skip', 'Left out from now on.')}>
              Never back up
            </Button>
          </>
        )
      }
    >
      <Stack>
        <Row>
          <StateBadge state={item.state} />
          <span>
            since <Ago time={item.since} />
          </span>
        </Row>
        <Notice tone={STATE_WORDS[item.state].tone} title={item.sentence}>
          {remedy !== undefined && <p>{remedy}</p>}
          {item.detail !== undefined && <p className={styles.detail}>{showText(item.detail)}</p>}
        </Notice>
        <Facts item={item} />
      </Stack>
    </Dialog>
  );
}

function Facts({ item }: { readonly item: LedgerItem }): ReactNode {
  const id = useId();
  const { receipt } = item;
  const rows: readonly (readonly [label: string, value: ReactNode])[] = [
    ['Kind', capital(KIND_WORDS[item.kind][0])],
    ['Place', <bdi key="place">{showText(item.path)}</bdi>],
    ...(item.sizeBytes === undefined
      ? []
      : [['Size', `${formatBytes(item.sizeBytes)} (${formatCount(item.sizeBytes)} bytes)`] as const]),
    ...(item.modified === undefined ? [] : [['Changed', formatTime(item.modified)] as const]),
    ...(item.goneSince === undefined ? [] : [['Gone from the device', formatTime(item.goneSince)] as const]),
    ...(receipt === undefined
      ? []
      : [
          [
            'Proved',
            `${formatTime(receipt.at)}${receipt.proved === undefined ? '' : `, ${receipt.proved}`}`,
          ] as const,
        ]),
    ...(receipt?.snapshot === undefined
      ? []
      : [
          [
            'In the backup',
            <Link key="backup" href={backupHref(receipt.snapshot)}>
              {receipt.snapshot.slice(0, 8)}
            </Link>,
          ] as const,
        ]),
    ...(item.sha256 === undefined
      ? []
      : [['Fingerprint (SHA-256)', <code key="sha">{item.sha256}</code>] as const]),
  ];
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{receipt === undefined ? 'What is known' : 'What is known, and the receipt'}</h3>
      <dl className={styles.facts}>
        {rows.map(([label, value]) => (
          <div key={label} className={styles.fact}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
