import { type ReactNode, useId } from 'react';
import { problemOf } from '#api/problem.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Stack } from './layout.tsx';
import { ProblemNotice } from './notice.tsx';

interface FormDialogProps {
  readonly title: string;
  /** What its button does: `Add the folder`. */
  readonly action: string;
  /** False as long as something is missing. */
  readonly isReady?: boolean;
  /** What is said while it is under way: `Adding…`. */
  readonly working: string | false;
  /** What went wrong the last time; `null`: nothing. */
  readonly error?: Error | null | undefined;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog in which something is written or chosen, and sent off with its button or the Enter key; it stays open where that fails. */
export function FormDialog({
  title,
  action,
  isReady = true,
  working,
  error,
  onSubmit,
  onClose,
  children,
}: FormDialogProps): ReactNode {
  const id = useId();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      buttons={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button look="main" type="submit" form={id} disabled={!isReady} working={working}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={id}
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && working === false) onSubmit();
        }}
      >
        <Stack>
          {children}
          {error && <ProblemNotice problem={problemOf(error)} />}
        </Stack>
      </form>
    </Dialog>
  );
}
