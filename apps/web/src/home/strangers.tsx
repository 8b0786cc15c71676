import type { Stranger } from '@holdfast/contract/api';
import type { ReactNode } from 'react';
import { showText } from '#design/format.ts';
import { Stack } from '#design/layout.tsx';
import { Notice } from '#design/notice.tsx';

/** Phones that are there and cannot be used yet, and what to do on each. */
export function Strangers({ strangers }: { readonly strangers: readonly Stranger[] }): ReactNode {
  if (strangers.length === 0) return null;
  return (
    <section aria-label="Phones that cannot be used yet" aria-live="polite">
      <Stack gap="tight">
        {strangers.map(({ address, model, says, hint }) => (
          <Notice
            key={address}
            tone="wait"
            title={
              <>
                <bdi>{showText(model)}</bdi>: {says}
              </>
            }
          >
            {hint}
          </Notice>
        ))}
      </Stack>
    </section>
  );
}
