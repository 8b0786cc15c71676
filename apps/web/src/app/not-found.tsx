import { Compass } from 'lucide-react';
import type { ReactNode } from 'react';
import { LinkButton } from '#design/button.tsx';
import { EmptyState } from '#design/empty-state.tsx';
import { PageHeader } from '#design/page-header.tsx';

/** What an address shows that leads nowhere. */
export function NotFound(): ReactNode {
  return (
    <>
      <PageHeader title="There is no such page" />
      <EmptyState
        icon={<Compass size={26} />}
        title="This address leads nowhere"
        buttons={
          <LinkButton look="main" href="/">
            Go to the first page
          </LinkButton>
        }
      >
        Perhaps the link is old, or a part of it got lost.
      </EmptyState>
    </>
  );
}
