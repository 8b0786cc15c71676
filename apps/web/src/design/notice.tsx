import type { Problem } from '@holdfast/contract/api';
import { CircleAlert, CircleCheck, Clock, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { asSentence } from './format.ts';
import { joinClasses } from './join-classes.ts';
import styles from './notice.module.css';
import type { Tone } from './tone.ts';
import tones from './tones.module.css';

interface NoticeProps {
  readonly tone: Tone;
  /** What there is to say, in a sentence. */
  readonly title: ReactNode;
  /** What to do about it. */
  readonly children?: ReactNode;
  readonly buttons?: ReactNode;
  /** `alert`: read out at once; `status`: read out when there is time. */
  readonly role?: 'alert' | 'status';
}

/** A sentence that stands out, what to do, and buttons for it. */
export function Notice({ tone, title, children, buttons, role }: NoticeProps): ReactNode {
  const Icon = ICONS[tone];
  return (
    <div className={joinClasses(styles.notice, tones[tone])} role={role}>
      <span className={styles.icon}>
        <Icon size={20} aria-hidden="true" />
      </span>
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {children !== undefined && children !== false && <div className={styles.more}>{children}</div>}
      </div>
      {buttons !== undefined && <div className={styles.buttons}>{buttons}</div>}
    </div>
  );
}

/** Why something was refused, and what to do. */
export function ProblemNotice({
  problem,
  buttons,
}: {
  readonly problem: Problem;
  readonly buttons?: ReactNode;
}): ReactNode {
  return (
    <Notice tone="bad" title={asSentence(problem.message)} role="alert" buttons={buttons}>
      {problem.hint}
    </Notice>
  );
}

const ICONS = { good: CircleCheck, busy: Info, wait: Clock, bad: CircleAlert, idle: TriangleAlert } as const;
