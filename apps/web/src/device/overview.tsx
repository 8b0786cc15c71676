import type { Answer } from '@holdfast/contract/api';
import { Play, Stethoscope } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { deviceHref, itemsHref, runHref } from '#app/addresses.ts';
import { Ago } from '#design/ago.tsx';
import { Button, LinkButton } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { formatCount, plural, showText } from '#design/format.ts';
import { KIND_OF_TYPE, TypeIcon } from '#design/kind-icon.tsx';
import { Columns, Row, Soft, Stack } from '#design/layout.tsx';
import { List, ListRow } from '#design/list-row.tsx';
import { Notice } from '#design/notice.tsx';
import { Progress } from '#design/progress.tsx';
import { KIND_WORDS, TYPE_WORDS } from '#design/words.ts';
import { ActionButton } from '#home/action-button.tsx';
import { amountsOf, isUnderWay, paceOf, shareOf, showsProgress } from '#run/run-progress.ts';
import { BackUpDialog } from './back-up-dialog.tsx';
import { Balance } from './balance.tsx';
import { Capabilities } from './capabilities.tsx';
import { factsOf, provedWords } from './device-words.ts';
import { LastRuns } from './last-runs.tsx';
import styles from './overview.module.css';

type Detail = Answer<'device'>;

/** As on the first screen, also where the card's own button does something else. */
const BACK_UP = { label: 'Back up now', action: { kind: 'back-up' } } as const;

/** How a device is: its sentence, its items by state and type, and what it is. */
export function Overview({ detail }: { readonly detail: Detail }): ReactNode {
  const { card, types, facts, alarms } = detail;
  const [isChoosing, setChoosing] = useState(false);
  const name = showText(card.device.name);
  const { run } = card;
  const isBusy = run !== undefined && isUnderWay(run);
  return (
    <Stack>
      {alarms.map((alarm) => (
        <Notice
          key={alarm.kind}
          tone="bad"
          title={`There were ${formatCount(alarm.before)} ${alarm.kind === 'all' ? 'items' : KIND_WORDS[alarm.kind][1]} on it, and now ${formatCount(alarm.now)}.`}
        >
          Nothing of the backups was removed. If this is right, say so in “Choose what to back up…”; if not,
          look whether the phone is unlocked and its memory card is in. Seen <Ago time={alarm.since} />.
        </Notice>
      ))}
      <Card>
        <Stack>
          <div>
            <h2>{card.sentence}</h2>
            {card.remedy !== undefined && <Soft>{card.remedy}</Soft>}
          </div>
          {isBusy && showsProgress(run) && (
            <Link href={runHref(run.id)} className={styles.run} aria-label={`Watch the backup of ${name}`}>
              <Progress
                label={`Backup of ${name}`}
                share={shareOf(run)}
                words={amountsOf(run)}
                end={paceOf(run)}
              />
            </Link>
          )}
          <Row>
            {card.button.action.kind !== 'back-up' && (
              <ActionButton device={card.device.id} button={card.button} about={name} />
            )}
            {!isBusy && (
              <>
                <ActionButton
                  device={card.device.id}
                  button={BACK_UP}
                  about={name}
                  look={card.button.action.kind === 'back-up' ? 'main' : 'plain'}
                  icon={<Play size={18} />}
                  disabled={!card.isInSight}
                />
                <Button look="quiet" disabled={!card.isInSight} onClick={() => setChoosing(true)}>
                  Choose what to back up…
                </Button>
              </>
            )}
            {card.lastBackup !== undefined && card.button.action.kind !== 'view-backup' && (
              <LinkButton href={`/backups/${card.lastBackup.id}`}>View the last backup</LinkButton>
            )}
          </Row>
          {card.lastBackup !== undefined && (
            <Soft isSmall>
              Last backup <Ago time={card.lastBackup.time} />. {provedWords(card.lastBackup.proved)}
            </Soft>
          )}
          {!card.isInSight && !isBusy && (
            <Soft isSmall>It can be backed up when it is connected, or in the same Wi-Fi after pairing.</Soft>
          )}
        </Stack>
      </Card>
      <Balance device={card.device.id} balance={card.balance} />
      <Columns>
        <Card title="What is on it" isFlush>
          <List label="Items by type">
            {types.map(({ type, items, verified }) => (
              <li key={type}>
                <ListRow
                  icon={<TypeIcon type={type} />}
                  title={TYPE_WORDS[type]}
                  more={
                    items === 0 ? 'none' : verified === items ? 'all safe' : `${formatCount(verified)} safe`
                  }
                  end={formatCount(items)}
                  href={itemsHref(card.device.id, { kind: KIND_OF_TYPE[type] })}
                />
              </li>
            ))}
            {types.length === 0 && (
              <li>
                <ListRow title="Nothing was looked at yet" more="Back up once, and every item is here." />
              </li>
            )}
          </List>
        </Card>
        <Stack>
          <Card
            title="Backs up by itself"
            aside={<LinkButton href={deviceHref(card.device.id, 'rules')}>Change</LinkButton>}
          >
            <p>
              {card.isBackupOn
                ? 'On: as soon as it appears, by its rules.'
                : card.lastBackup === undefined
                  ? 'Not yet: from its first backup on, which you begin.'
                  : 'Off: it is backed up only when you say so.'}
            </p>
          </Card>
          {card.device.kind === 'android' && (
            <Card title="Why is Google Photos not backing up?">
              <Stack>
                <p>
                  The doctor asks the phone and says what stands in the way. It changes nothing by itself.
                </p>
                <Row>
                  <LinkButton
                    href={deviceHref(card.device.id, 'doctor')}
                    icon={<Stethoscope size={18} aria-hidden="true" />}
                  >
                    Find out
                  </LinkButton>
                </Row>
              </Stack>
            </Card>
          )}
          {detail.capabilities !== undefined && <Capabilities capabilities={detail.capabilities} />}
          <Card title="About it">
            <dl className={styles.facts}>
              {factsOf(facts).map(([label, value]) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>
                    <bdi>{showText(value)}</bdi>
                  </dd>
                </div>
              ))}
            </dl>
            <Soft isSmall>
              Last seen <Ago time={card.lastSeen} />. {plural(card.balance.found, 'item')} known.
            </Soft>
          </Card>
        </Stack>
      </Columns>
      <LastRuns device={card.device.id} />
      {isChoosing && <BackUpDialog detail={detail} onClose={() => setChoosing(false)} />}
    </Stack>
  );
}
