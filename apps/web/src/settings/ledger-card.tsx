import type { ReactNode } from 'react';
import { Card } from '#design/card.tsx';
import { Stack } from '#design/layout.tsx';
import { RebuildButton } from './rebuild-button.tsx';

/** The ledger, and how it is made again when it is lost, damaged or doubted. */
export function LedgerCard(): ReactNode {
  return (
    <Card title="Ledger" hint="The list on this computer of all items and their states.">
      <Stack gap="tight">
        <p>
          It is a copy of what the backups know, and can be made again from them at any time. That takes a
          while, and nothing is backed up meanwhile; the list that there is now is kept aside.
        </p>
        <div>
          <RebuildButton />
        </div>
      </Stack>
    </Card>
  );
}
