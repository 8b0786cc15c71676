import type { ReactNode } from 'react';
import { useAnswer } from '#api/hooks.ts';
import { Answered } from '#design/answered.tsx';
import { Columns, Stack } from '#design/layout.tsx';
import { PageHeader } from '#design/page-header.tsx';
import { LastRuns } from '#device/last-runs.tsx';
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
            <SpaceCard care={care} />
            <ProofCards care={care} />
            <RecoveryKitCard hasKit={care.hasRecoveryKit} />
            <Columns>
              <RetentionPlanCard />
              <PasswordCard />
            </Columns>
            <LastRuns />
          </Stack>
        )}
      </Answered>
    </>
  );
}
