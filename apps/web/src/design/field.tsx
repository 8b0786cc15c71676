import { type ComponentProps, type ReactNode, useId } from 'react';
import styles from './field.module.css';
import { joinClasses } from './join-classes.ts';

interface Labelled {
  readonly label: ReactNode;
  /** What it means, below it. */
  readonly hint?: ReactNode;
  /** What is wrong with it. */
  readonly error?: string | undefined;
}

interface FieldProps extends Labelled, Omit<ComponentProps<'input'>, 'className' | 'id'> {
  /** After it, on its line: `GB`, `hours`. */
  readonly unit?: string;
}

/** A line to write in. */
export function Field({ label, hint, error, unit, ...input }: FieldProps): ReactNode {
  const id = useId();
  const written = (
    <input
      {...input}
      id={id}
      className={styles.input}
      aria-describedby={`${id}-hint`}
      aria-invalid={error !== undefined}
    />
  );
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {unit === undefined ? (
        written
      ) : (
        <div className={styles['with-unit']}>
          {written}
          <span>{unit}</span>
        </div>
      )}
      <Below id={`${id}-hint`} hint={hint} error={error} />
    </div>
  );
}

interface SelectProps extends Labelled, Omit<ComponentProps<'select'>, 'className' | 'id' | 'children'> {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** The label is read out, and not shown. */
  readonly isLabelHidden?: boolean;
}

/** One of a few. */
export function Select({
  label,
  hint,
  error,
  options,
  isLabelHidden = false,
  ...select
}: SelectProps): ReactNode {
  const id = useId();
  return (
    <div className={styles.field}>
      {!isLabelHidden && (
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
      )}
      <select
        {...select}
        id={id}
        className={styles.input}
        aria-describedby={`${id}-hint`}
        {...(isLabelHidden && typeof label === 'string' && { 'aria-label': label })}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Below id={`${id}-hint`} hint={hint} error={error} />
    </div>
  );
}

interface SwitchProps extends Labelled {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly disabled?: boolean;
}

/** Something that is on or off. */
export function Switch({ label, hint, error, isOn, onChange, disabled = false }: SwitchProps): ReactNode {
  const id = useId();
  return (
    <label className={styles['switch-row']} htmlFor={id}>
      <span className={styles['switch-words']}>
        <span className={styles.label}>{label}</span>
        <Below id={`${id}-hint`} hint={hint} error={error} />
      </span>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className={styles.switch}
        checked={isOn}
        disabled={disabled}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.checked)}
      />
    </label>
  );
}

interface CheckProps {
  readonly label: ReactNode;
  readonly isTicked: boolean;
  readonly onChange: (isTicked: boolean) => void;
  readonly disabled?: boolean;
}

/** Something to tick. */
export function Check({ label, isTicked, onChange, disabled = false }: CheckProps): ReactNode {
  return (
    <label className={styles['check-row']}>
      <input
        type="checkbox"
        className={styles.check}
        checked={isTicked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}

function Below({ id, hint, error }: { readonly id: string } & Pick<Labelled, 'hint' | 'error'>): ReactNode {
  if (hint === undefined && error === undefined) return null;
  return (
    <span id={id} className={joinClasses(error === undefined ? styles.hint : styles.error)}>
      {error ?? hint}
    </span>
  );
}
