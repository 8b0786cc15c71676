import { IPHONE_STEPS, IPHONE_UNTOLD } from '@holdfast/contract';
import type { ReactNode } from 'react';
import { Card } from '#design/card.tsx';
import { Soft, Stack } from '#design/layout.tsx';
import { Notice } from '#design/notice.tsx';
import styles from './iphone-guide.module.css';

/** What to check on an iPhone by hand, in order, and what no computer can find out there. */
export function IphoneGuide(): ReactNode {
  return (
    <Stack gap="loose">
      <Notice tone="idle" title="On an iPhone, you look and this page tells where.">
        A computer cannot see into Google Photos on an iPhone. What stays unknown from here:
        <ul className={styles.untold}>
          {IPHONE_UNTOLD.map((what) => (
            <li key={what}>{what}</li>
          ))}
        </ul>
        Nor can any setting be changed from here.
      </Notice>
      <Card
        title="Check these, in this order"
        hint="After each, open Google Photos once and look whether it moves. Stop at the first that helps."
        isFlush
      >
        <ol className={styles.steps}>
          {IPHONE_STEPS.map(({ title, where, does }, at) => (
            <li key={title} className={styles.step}>
              <span className={styles.number} aria-hidden="true">
                {at + 1}
              </span>
              <div>
                <h3>{title}</h3>
                <p className={styles.where}>{where}</p>
                <p>{does}</p>
              </div>
            </li>
          ))}
        </ol>
      </Card>
      <Soft>
        Names of menus are those of an iPhone in English; they move a little from one iOS to the next.
      </Soft>
    </Stack>
  );
}
