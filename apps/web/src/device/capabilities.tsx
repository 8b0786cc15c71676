import type { Answer } from '@holdfast/contract/api';
import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from '#design/badge.tsx';
import { Card } from '#design/card.tsx';
import { TypeIcon } from '#design/kind-icon.tsx';
import type { Tone } from '#design/tone.ts';
import { TYPE_WORDS } from '#design/words.ts';
import styles from './capabilities.module.css';
import { giveBackWords } from './give-back-words.ts';

type Capability = NonNullable<Answer<'device'>['capabilities']>[number];

const READS = {
  yes: { word: 'All of it', tone: 'good', Icon: CircleCheck },
  partly: { word: 'A part', tone: 'wait', Icon: CircleAlert },
  no: { word: 'Not given', tone: 'idle', Icon: CircleAlert },
  unknown: { word: 'Not asked yet', tone: 'idle', Icon: CircleHelp },
} as const satisfies Record<Capability['canRead'], { word: string; tone: Tone; Icon: unknown }>;

/** What a phone lets a computer read and takes back, type by type, and why not more. */
export function Capabilities({ capabilities }: { readonly capabilities: readonly Capability[] }): ReactNode {
  return (
    <Card title="What this phone gives and takes">
      <ul className={styles.list}>
        {capabilities.map((capability) => {
          const { type, canRead, readNotes } = capability;
          const { word, tone, Icon } = READS[canRead];
          const givingBack = giveBackWords(capability);
          return (
            <li key={type} className={styles.row}>
              <TypeIcon type={type} size={18} />
              <div className={styles.words}>
                <p>{TYPE_WORDS[type]}</p>
                {readNotes.map((note) => (
                  <p key={note.code} className={styles.note}>
                    {note.sentence}
                  </p>
                ))}
                {givingBack !== undefined && <p className={styles.note}>{givingBack}</p>}
              </div>
              <Badge tone={tone} icon={<Icon size={14} aria-hidden="true" />}>
                {word}
              </Badge>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
