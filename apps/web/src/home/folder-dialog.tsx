import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { useOperation } from '#api/hooks.ts';
import { problemOf } from '#api/problem.ts';
import { deviceHref } from '#app/addresses.ts';
import { Button } from '#design/button.tsx';
import { Dialog } from '#design/dialog.tsx';
import { Field } from '#design/field.tsx';
import { Stack } from '#design/layout.tsx';
import { ProblemNotice } from '#design/notice.tsx';

/** Where a folder of the computer is named that is to be backed up too. */
export function FolderDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [, go] = useLocation();
  const add = useOperation('addFolder', ['home', 'devices']);
  const [path, setPath] = useState('');
  return (
    <Dialog
      title="Add a folder"
      onClose={onClose}
      buttons={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            look="main"
            type="submit"
            form="folder"
            disabled={path.trim() === ''}
            working={add.isPending && 'Adding…'}
          >
            Add the folder
          </Button>
        </>
      }
    >
      <form
        id="folder"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ body: { path } }, { onSuccess: ({ card }) => go(deviceHref(card.device.id)) });
        }}
      >
        <Stack>
          <Field
            label="Folder on the computer that Holdfast runs on"
            hint="Its whole path: /home/anna/Pictures. Everything in it is backed up, and again when it changes."
            autoComplete="off"
            spellCheck={false}
            value={path}
            onChange={(event) => setPath(event.target.value)}
          />
          {add.error !== null && <ProblemNotice problem={problemOf(add.error)} />}
        </Stack>
      </form>
    </Dialog>
  );
}
