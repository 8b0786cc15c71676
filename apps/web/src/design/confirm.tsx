import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

interface ConfirmProps {
  readonly title: string;
  /** What will happen, and what stays as it is. */
  readonly children: ReactNode;
  /** What is done: `Stop the backup`. */
  readonly action: string;
  /** True where it cannot be undone. */
  readonly isDangerous?: boolean;
  readonly onConfirm: () => Promise<unknown> | undefined;
  readonly onClose: () => void;
}

/** A question before something is done. It closes by itself when that is done. */
export function Confirm({
  title,
  children,
  action,
  isDangerous = false,
  onConfirm,
  onClose,
}: ConfirmProps): ReactNode {
  const [isWorking, setWorking] = useState(false);
  const confirm = async (): Promise<void> => {
    setWorking(true);
    try {
      await onConfirm();
    } finally {
      setWorking(false);
      onClose();
    }
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      buttons={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            look={isDangerous ? 'danger' : 'main'}
            working={isWorking && 'One moment…'}
            onClick={() => void confirm().catch(() => undefined)}
          >
            {action}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
