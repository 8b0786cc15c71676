import type { ReactNode } from 'react';
import { useAnswer } from '#api/hooks.ts';
import { Answered } from '#design/answered.tsx';
import { Button } from '#design/button.tsx';
import { showText } from '#design/format.ts';
import { Columns, Stack } from '#design/layout.tsx';
import { Notice } from '#design/notice.tsx';
import { PageHeader } from '#design/page-header.tsx';
import { LastRuns } from '#device/last-runs.tsx';
import { LedgerCard } from './ledger-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { ProofCards } from './proof-cards.tsx';
import { RecoveryKitCard } from './recovery-kit-card.tsx';
import { RetentionPlanCard } from './retention-plan-card.tsx';
import { SpaceCard } from './space-card.tsx';

/** Where all backups are: how full, when it was checked and tried, what may go, and how to get in without this program. */
export function RepositoryScreen(): ReactNode {
  const repository = useAnswer('repository');
  return (
    <>
      <PageHeader
        title="Repository"
        more="The encrypted place that all backups are in. Only its password opens it."
      />
      <Answered of={repository} words="Looking how the repository is…" lines={8}>
        {(care) => (
          <Stack>
            {care.isAway === true ? (
              <Away place={care.place} onAgain={() => void repository.refetch()} />
            ) : (
              <>
                <SpaceCard care={care} />
                <ProofCards care={care} />
                <RecoveryKitCard hasKit={care.hasRecoveryKit} />
                <Columns>
                  <RetentionPlanCard />
                  <PasswordCard />
                </Columns>
                <LedgerCard />
              </>
            )}
            <LastRuns />
          </Stack>
        )}
      </Answered>
    </>
  );
}

/** What stands there while nothing can be told of it. */
function Away({ place, onAgain }: { readonly place: string; readonly onAgain: () => void }): ReactNode {
  return (
    <Notice
      tone="bad"
      role="alert"
      title="The place that backups are kept in is not there."
      buttons={<Button onClick={onAgain}>Look again</Button>}
    >
      Connect the drive it is on. Nothing is backed up until then, and what is in it cannot be looked at:{' '}
      <bdi>{showText(place)}</bdi>
    </Notice>
  );
}
