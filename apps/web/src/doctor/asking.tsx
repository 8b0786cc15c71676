import { Stethoscope } from 'lucide-react';
import type { ReactNode } from 'react';
import { PictureCard } from '#design/picture-card.tsx';
import { Progress } from '#design/progress.tsx';
import styles from './asking.module.css';
import { useAsks } from './use-report.ts';

/** What a phone is being asked, while it is. */
export function Asking({ device, name }: { readonly device: string; readonly name: string }): ReactNode {
  const asks = useAsks(device);
  return (
    <PictureCard as="section" tone="busy" icon={<Stethoscope size={22} />} label="Asking the phone">
      <h2>
        Asking <bdi>{name}</bdi>…
      </h2>
      <p className={styles.now} role="status">
        {asks === undefined
          ? 'The app, what it is allowed, background, power, network, clock, storage, account, and its own words.'
          : `Now: ${asks.asks}`}
      </p>
      <Progress
        label="Questions answered"
        share={asks === undefined || asks.total === 0 ? undefined : asks.done / asks.total}
        words={
          asks === undefined ? 'Takes less than a minute' : `${asks.done} of ${asks.total} questions answered`
        }
      />
      <p className={styles.calm}>
        It is only asked: nothing on the phone is changed. Leave the phone connected.
      </p>
    </PictureCard>
  );
}
