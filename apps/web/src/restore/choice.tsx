import { type ReactNode, useId } from 'react';
import styles from './restore.module.css';

interface ChoiceProps {
  readonly name: string;
  readonly icon?: ReactNode;
  readonly label: string;
  readonly hint: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** Gives one of a few things to choose from, with words that say what it means. */
export function Choice({ name, icon, label, hint, isChosen, onChoose }: ChoiceProps): ReactNode {
  const id = useId();
  return (
    <label className={styles.choice}>
      <input
        type="radio"
        name={name}
        checked={isChosen}
        onChange={onChoose}
        aria-labelledby={`${id}-label`}
        aria-describedby={id}
      />
      {icon}
      <span className={styles.words}>
        <bdi id={`${id}-label`} className={styles.label}>
          {label}
        </bdi>
        <span id={id} className={styles.hint}>
          {hint}
        </span>
      </span>
    </label>
  );
}
