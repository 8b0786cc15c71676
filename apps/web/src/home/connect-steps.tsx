import type { ReactNode } from 'react';
import styles from './connect-steps.module.css';

/** How a phone is connected, in three steps. */
export function ConnectSteps(): ReactNode {
  return (
    <ol className={styles.steps}>
      <li>
        <h2>Turn on USB debugging</h2>
        <p>
          On the phone, open Settings, then About phone, and tap “Build number” seven times. Then open
          Developer options and switch on “USB debugging”.
        </p>
      </li>
      <li>
        <h2>Connect the cable</h2>
        <p>Use one that carries data: the cable the phone came with does. Unlock the phone.</p>
      </li>
      <li>
        <h2>Tap “Allow” on the phone</h2>
        <p>It asks once whether it may trust this computer. Tick “Always allow” to be asked only once.</p>
      </li>
    </ol>
  );
}
