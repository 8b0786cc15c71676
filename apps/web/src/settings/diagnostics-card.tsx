import { type ReactNode, useState } from 'react';
import { useAnswer } from '#api/hooks.ts';
import { saveAs } from '#app/save-as.ts';
import { Answered } from '#design/answered.tsx';
import { Button } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { Dialog } from '#design/dialog.tsx';
import { Row, Stack } from '#design/layout.tsx';
import { useToast } from '#design/toast.tsx';
import styles from './diagnostics-card.module.css';

/** A text to send to those who help: to be read first. */
export function DiagnosticsCard(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <Card
      title="When you ask for help"
      hint="States, reasons and the last runs as a text: without names, numbers, places or passwords."
    >
      <Row>
        <Button onClick={() => setOpen(true)}>Show the text</Button>
      </Row>
      {isOpen && <DiagnosticsDialog onClose={() => setOpen(false)} />}
    </Card>
  );
}

function DiagnosticsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const diagnostics = useAnswer('diagnostics');
  const toast = useToast();
  const text = diagnostics.data?.text;
  const copy = async (words: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(words);
      toast.say('Copied.');
    } catch (error) {
      toast.complain(error);
    }
  };
  return (
    <Dialog
      title="For those who help"
      isWide
      onClose={onClose}
      buttons={
        <>
          <Button
            disabled={text === undefined}
            onClick={() =>
              text !== undefined &&
              saveAs(new Blob([text], { type: 'text/plain' }), 'holdfast diagnostics.txt')
            }
          >
            Save as a file
          </Button>
          <Button
            look="main"
            disabled={text === undefined}
            onClick={() => text !== undefined && void copy(text)}
          >
            Copy
          </Button>
        </>
      }
    >
      <Stack>
        <p>Read it before you send it: this is all there is in it.</p>
        <Answered of={diagnostics} words="Writing it…" lines={8}>
          {({ text: shown }) => (
            <pre className={styles.text} tabIndex={0} role="region" aria-label="Diagnostics">
              {shown}
            </pre>
          )}
        </Answered>
      </Stack>
    </Dialog>
  );
}
