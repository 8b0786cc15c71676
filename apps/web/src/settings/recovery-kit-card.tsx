import { Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useOperation } from '#api/hooks.ts';
import { saveAs } from '#app/save-as.ts';
import { Button } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { Row, Stack } from '#design/layout.tsx';
import { Notice } from '#design/notice.tsx';
import { useToast } from '#design/toast.tsx';
import styles from './recovery-kit.module.css';

/** The page to print that opens the backups when this computer is gone. It holds the password: it shows only when asked for. */
export function RecoveryKitCard({ hasKit }: { readonly hasKit: boolean }): ReactNode {
  const toast = useToast();
  const make = useOperation('recoveryKit', ['repository', 'home']);
  const [text, setText] = useState<string | undefined>();
  const show = (): void =>
    make.mutate({}, { onSuccess: (kit) => setText(kit.text), onError: toast.complain });
  return (
    <Card
      title="Recovery kit"
      hint="A page with the password and how to get everything back, even without Holdfast."
    >
      <Stack>
        {hasKit ? (
          <Notice tone="good" title="You have one that fits the password." />
        ) : (
          <Notice tone="bad" title="There is none yet, or the password was changed since.">
            Without the password nobody can read your backups, and that means you too. Print the kit, and keep
            it where this computer is not.
          </Notice>
        )}
        {text === undefined ? (
          <Row>
            <Button look={hasKit ? 'plain' : 'main'} working={make.isPending && 'Writing it…'} onClick={show}>
              Show the recovery kit
            </Button>
          </Row>
        ) : (
          <>
            <pre className={styles.kit}>{text}</pre>
            <Row>
              <Button look="main" icon={<Printer size={18} />} onClick={() => print()}>
                Print
              </Button>
              <Button
                onClick={() =>
                  saveAs(new Blob([text], { type: 'text/plain;charset=utf-8' }), 'holdfast recovery kit.txt')
                }
              >
                Save as a file
              </Button>
              <Button look="quiet" onClick={() => setText(undefined)}>
                Hide it
              </Button>
            </Row>
          </>
        )}
      </Stack>
    </Card>
  );
}
