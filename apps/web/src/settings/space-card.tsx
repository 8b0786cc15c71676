import type { RepositoryCare } from '@holdfast/contract/api';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useOperation } from '#api/hooks.ts';
import { runHref } from '#app/addresses.ts';
import { Ago } from '#design/ago.tsx';
import { Button } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { formatBytes, plural, roughly, showText } from '#design/format.ts';
import { Row, Soft, Stack } from '#design/layout.tsx';
import { Notice } from '#design/notice.tsx';
import { Progress } from '#design/progress.tsx';
import { useToast } from '#design/toast.tsx';

/** From so few days on, a full drive is a warning. */
const SOON_DAYS = 30;

/** How full the drive is, and how long that lasts. */
export function SpaceCard({ care }: { readonly care: RepositoryCare }): ReactNode {
  const { place, usedBytes, freeBytes, fullInDays, backups, lastPrune } = care;
  const [, go] = useLocation();
  const toast = useToast();
  const prune = useOperation('startRun', ['runs', 'repository']);
  const isSoonFull = fullInDays !== undefined && fullInDays <= SOON_DAYS;
  return (
    <Card
      title="Space"
      hint={<bdi>{showText(place)}</bdi>}
      aside={
        <Button
          working={prune.isPending && 'Beginning…'}
          onClick={() =>
            prune.mutate(
              { body: { kind: 'prune' } },
              { onSuccess: (run) => go(runHref(run.id)), onError: toast.complain },
            )
          }
        >
          Free up space
        </Button>
      }
    >
      <Stack>
        {freeBytes === undefined ? (
          <p>{formatBytes(usedBytes)} used. How much is free cannot be seen there.</p>
        ) : (
          <Progress
            label="Space used by backups, of what is used and free"
            share={usedBytes + freeBytes === 0 ? 0 : usedBytes / (usedBytes + freeBytes)}
            tone={isSoonFull ? 'wait' : 'busy'}
            words={`${formatBytes(usedBytes)} used by backups`}
            end={`${formatBytes(freeBytes)} free`}
          />
        )}
        {isSoonFull && (
          <Notice tone="wait" title={`Full in ${roughly(fullInDays * 86_400)}, if it goes on like this.`}>
            Remove old backups below, or move the repository to a larger drive.
          </Notice>
        )}
        <Row>
          <Soft>
            {backups === 0 ? 'No backup yet' : <Link href="/backups">{plural(backups, 'backup')}</Link>}
            {fullInDays !== undefined && !isSoonFull && `, room for ${roughly(fullInDays * 86_400)} more`}.{' '}
            {lastPrune !== undefined && (
              <>
                Freed {formatBytes(lastPrune.freedBytes)} <Ago time={lastPrune.time} />.
              </>
            )}
          </Soft>
        </Row>
      </Stack>
    </Card>
  );
}
