import { Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { Card } from '#design/card.tsx';
import styles from './report.module.css';

/** What does not show while the cable charges the phone. */
export function Unplugged({ sentences }: { readonly sentences: readonly string[] }): ReactNode {
  if (sentences.length === 0) return null;
  return (
    <Card title="What only shows when the phone is unplugged">
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence} className={styles.off}>
            <Unplug size={18} aria-hidden="true" />
            <span>{sentence}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
