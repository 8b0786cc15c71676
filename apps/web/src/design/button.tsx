import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'wouter';
import styles from './button.module.css';
import { joinClasses } from './join-classes.ts';

/** `main`: the one thing to do on a page; `plain`: others; `quiet`: in a row of text; `danger`: what cannot be undone; `icon`: a picture alone, with a label. */
export type ButtonLook = 'main' | 'plain' | 'quiet' | 'danger' | 'icon';

interface Look {
  readonly look?: ButtonLook;
  readonly isWide?: boolean;
  readonly icon?: ReactNode;
}

interface ButtonProps extends Look, Omit<ComponentProps<'button'>, 'className'> {
  /** Shown, and not to be pressed, while what it did is under way: `Saving…`. */
  readonly working?: string | false | undefined;
}

/** A button. */
export function Button({
  look = 'plain',
  isWide = false,
  icon,
  working = false,
  children,
  disabled,
  ...rest
}: ButtonProps): ReactNode {
  const isWorking = typeof working === 'string';
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled === true || isWorking}
      className={classesOf(look, isWide)}
    >
      {isWorking ? <span className={styles.works} aria-hidden="true" /> : icon}
      {isWorking ? working : children}
    </button>
  );
}

interface LinkButtonProps extends Look {
  readonly href: string;
  readonly children: ReactNode;
  readonly 'aria-label'?: string;
}

/** A link to another screen that looks like a button. */
export function LinkButton({
  look = 'plain',
  isWide = false,
  icon,
  children,
  ...rest
}: LinkButtonProps): ReactNode {
  return (
    <Link {...rest} className={classesOf(look, isWide)}>
      {icon}
      {children}
    </Link>
  );
}

/** A link that saves bytes or leaves the app, and looks like a button. */
export function AnchorButton({
  look = 'plain',
  isWide = false,
  icon,
  children,
  ...rest
}: Look & Omit<ComponentProps<'a'>, 'className'>): ReactNode {
  return (
    <a {...rest} className={classesOf(look, isWide)}>
      {icon}
      {children}
    </a>
  );
}

const classesOf = (look: ButtonLook, isWide: boolean): string =>
  joinClasses(styles.button, styles[look], isWide && styles.wide);
