import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Row } from './layout.tsx';
import styles from './save-bar.module.css';

interface SaveBarProps {
  /** `Save the rules`. */
  readonly action: string;
  readonly isChanged: boolean;
  /** False while something that was written makes no sense. */
  readonly isRight: boolean;
  readonly isSaving: boolean;
  readonly onUndo: () => void;
}

/** The end of a long form, in sight as long as any of it is: nothing holds before it is saved. */
export function SaveBar({ action, isChanged, isRight, isSaving, onUndo }: SaveBarProps): ReactNode {
  return (
    <div className={styles.save}>
      <Row>
        <Button look="main" type="submit" disabled={!isChanged || !isRight} working={isSaving && 'Saving…'}>
          {action}
        </Button>
        <Button disabled={!isChanged} onClick={onUndo}>
          Undo the changes
        </Button>
        {!isRight && <span role="alert">Something above is not right yet.</span>}
      </Row>
    </div>
  );
}
