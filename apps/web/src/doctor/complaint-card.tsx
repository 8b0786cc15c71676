import type { DoctorComplaint } from '@holdfast/contract/api';
import { CircleAlert, Info, OctagonX } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { Badge } from '#design/badge.tsx';
import { PictureCard } from '#design/picture-card.tsx';
import styles from './complaint-card.module.css';
import { SEVERITY_WORDS } from './words.ts';

const ICONS = { blocking: OctagonX, warning: CircleAlert, info: Info };

interface ComplaintCardProps {
  readonly complaint: DoctorComplaint;
  readonly words?: typeof SEVERITY_WORDS;
  /** What can be pressed. */
  readonly buttons?: ReactNode;
  /** Below it, folded. */
  readonly children?: ReactNode;
}

/** Something that keeps photos or backups from being made: what it is, what was seen, what to do now. */
export function ComplaintCard({
  complaint: { severity, title, explain, fix },
  words = SEVERITY_WORDS,
  buttons,
  children,
}: ComplaintCardProps): ReactNode {
  const id = useId();
  const { word, tone } = words[severity];
  const Icon = ICONS[severity];
  return (
    <PictureCard as="article" tone={tone} icon={<Icon size={22} />} labelledBy={id}>
      <div className={styles.head}>
        <h3 id={id} className={styles.title}>
          {title}
        </h3>
        <Badge tone={tone} icon={<Icon size={14} aria-hidden="true" />}>
          {word}
        </Badge>
      </div>
      <p>{explain}</p>
      <div className={styles.now}>
        <p>
          <strong>What to do now.</strong> {fix}
        </p>
        {buttons !== undefined && <div className={styles.buttons}>{buttons}</div>}
      </div>
      {children}
    </PictureCard>
  );
}
