import type { Alert, Stranger } from '@holdfast/contract/api';
import { Smartphone } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { Soft, Stack } from '#design/layout.tsx';
import { Alerts } from './alerts.tsx';
import { ConnectSteps } from './connect-steps.tsx';
import styles from './first-run.module.css';
import { Strangers } from './strangers.tsx';

interface FirstRunProps {
  readonly strangers: readonly Stranger[];
  readonly alerts: readonly Alert[];
  /** Other ways to begin. */
  readonly add: ReactNode;
}

/** What a person sees who has nothing here yet: three steps, and what the computer sees meanwhile. */
export function FirstRun({ strangers, alerts, add }: FirstRunProps): ReactNode {
  useEffect(() => {
    document.title = 'Welcome · Holdfast';
  }, []);
  return (
    <Stack gap="loose">
      <header className={styles.welcome}>
        <span className={styles.picture} aria-hidden="true">
          <Smartphone size={34} />
        </span>
        <h1 className={styles.title}>Plug in your phone</h1>
        <p className={styles.more}>
          Holdfast copies everything on it to this computer, reads every copy back, and shows you what is
          safe. Nothing leaves this computer, and nothing on your phone is changed.
        </p>
      </header>
      <ConnectSteps />
      <Alerts alerts={alerts} />
      {strangers.length === 0 ? (
        <p className={styles.looking} role="status">
          <span className={styles.pulse} aria-hidden="true" />
          Looking for a phone… It shows up here by itself.
        </p>
      ) : (
        <Strangers strangers={strangers} />
      )}
      <Stack gap="tight">
        <Soft>No cable, or photos in a folder already?</Soft>
        {add}
      </Stack>
    </Stack>
  );
}
