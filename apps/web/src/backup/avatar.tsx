import type { ReactNode } from 'react';
import styles from './avatar.module.css';
import { colourOf, initialsOf } from './text.ts';

/** Gives a round picture for a person: the first letters of the name, in a colour that is always the same. */
export function Avatar({ name }: { readonly name: string }): ReactNode {
  return (
    <span
      className={styles.avatar}
      style={{
        backgroundColor: `light-dark(hsl(${colourOf(name) * 45} 42% 88%), hsl(${colourOf(name) * 45} 28% 26%))`,
      }}
      aria-hidden="true"
    >
      {initialsOf(name)}
    </span>
  );
}
