import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { useOperation } from '#api/hooks.ts';
import { deviceHref } from '#app/addresses.ts';
import { Field } from '#design/field.tsx';
import { FormDialog } from '#design/form-dialog.tsx';

/** Where a folder of the computer is named that is to be backed up too. */
export function FolderDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [, go] = useLocation();
  const add = useOperation('addFolder', ['home', 'devices']);
  const [path, setPath] = useState('');
  return (
    <FormDialog
      title="Add a folder"
      action="Add the folder"
      isReady={path.trim() !== ''}
      working={add.isPending && 'Adding…'}
      error={add.error}
      onSubmit={() =>
        add.mutate({ body: { path } }, { onSuccess: ({ card }) => go(deviceHref(card.device.id)) })
      }
      onClose={onClose}
    >
      <Field
        label="Folder on the computer that Holdfast runs on"
        hint="Its whole path: /home/anna/Pictures. Everything in it is backed up, and again when it changes."
        autoComplete="off"
        spellCheck={false}
        value={path}
        onChange={(event) => setPath(event.target.value)}
      />
    </FormDialog>
  );
}
