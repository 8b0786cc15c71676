import { Compass } from 'lucide-react';
import type { ReactNode } from 'react';
import { LinkButton } from '#design/button.tsx';
import { EmptyState } from '#design/empty-state.tsx';

/** What an address shows that leads nowhere. */
export function NotFound(): ReactNode {
  return (
    <EmptyState
      icon={<Compass size={26} />}
      title="There is no such page"
      buttons={
        <LinkButton look="main" href="/">
          Go to the first page
        </LinkButton>
      }
    >
      Perhaps the link is old, or a part of it got lost.
    </EmptyState>
  );
}
