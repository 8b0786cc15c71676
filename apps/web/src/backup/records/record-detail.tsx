import { type ReactNode, useState } from 'react';
import { useAnswer } from '#api/hooks.ts';
import { Answered } from '#design/answered.tsx';
import { Button } from '#design/button.tsx';
import { showText } from '#design/format.ts';
import { Avatar } from '../avatar.tsx';
import { timeInWords } from '../moments.ts';
import styles from '../panes.module.css';
import { beginningOf, showLines } from '../text.ts';

/** Kinds whose times are told as text. */
const HAS_TIMES: ReadonlySet<string> = new Set(['call', 'event']);

/** Gives all that a contact, call, event, app or setting says. */
export function RecordDetailView({
  backup,
  entry,
}: {
  readonly backup: string;
  readonly entry: number;
}): ReactNode {
  const record = useAnswer('record', { params: { backup, entry } });
  return (
    <Answered of={record} words="Reading it…">
      {({ title, kind, fields }) => {
        const name = showText(title).slice(0, 1000) || 'Without a name';
        return (
          <article className={styles.sheet} aria-label={name}>
            <header className={styles.person}>
              {kind === 'contact' && <Avatar name={name} />}
              <h2>
                <bdi>{name}</bdi>
              </h2>
            </header>
            <dl className={styles.fields}>
              {fields.map(({ label, value }, index) => (
                <div key={`${label} ${index}`}>
                  <dt>{showText(label)}</dt>
                  <dd dir="auto">
                    <Value text={HAS_TIMES.has(kind) ? timeInWords(value) : value} />
                  </dd>
                </div>
              ))}
            </dl>
          </article>
        );
      }}
    </Answered>
  );
}

function Value({ text }: { readonly text: string }): ReactNode {
  const [isWhole, setWhole] = useState(false);
  const beginning = beginningOf(text);
  if (beginning === undefined || isWhole) return showLines(text);
  return (
    <>
      {showLines(beginning)}…
      <Button look="quiet" onClick={() => setWhole(true)}>
        Show all
      </Button>
    </>
  );
}
