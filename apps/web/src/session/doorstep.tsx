import { type ReactNode, useEffect } from 'react';
import icon from '#app/icon.svg';
import styles from './doorstep.module.css';

/** A page of its own for those who are not in. */
export function Doorstep({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ReactNode;
}): ReactNode {
  useEffect(() => {
    document.title = 'Holdfast';
  }, []);
  return (
    <main className={styles.doorstep}>
      <div className={styles.sheet}>
        <img src={icon} alt="" width="44" height="44" />
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
