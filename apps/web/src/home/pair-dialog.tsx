import { Smartphone } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useAnswer, useOperation } from '#api/hooks.ts';
import { Field } from '#design/field.tsx';
import { FormDialog } from '#design/form-dialog.tsx';
import { showText } from '#design/format.ts';
import { Soft } from '#design/layout.tsx';
import { List, ListRow } from '#design/list-row.tsx';
import { useToast } from '#design/toast.tsx';
import styles from './pair-dialog.module.css';

const LOOK_EVERY_MS = 2_000;

/** Phones in the network that show a code, and a place to write it. */
export function PairDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { data } = useAnswer('pairable', undefined, { every: LOOK_EVERY_MS });
  const pair = useOperation('pair', ['home', 'devices']);
  const toast = useToast();
  const [chosen, setChosen] = useState('');
  const [code, setCode] = useState('');
  const phones = data?.phones ?? [];
  const address = chosen === '' ? (phones[0]?.address ?? '') : chosen;
  const canPair = address !== '' && /^\d{6}$/.test(code);
  const send = (): void => {
    pair.mutate(
      { body: { address, code } },
      {
        onSuccess: () => {
          toast.say('Paired. The phone shows up in a moment.');
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title="Add a phone over Wi-Fi"
      action="Pair"
      isReady={canPair}
      working={pair.isPending && 'Pairing…'}
      error={pair.error}
      onSubmit={send}
      onClose={onClose}
    >
      <ol className={styles.steps}>
        <li>Bring the phone into the same Wi-Fi as this computer. It needs Android 11 or newer.</li>
        <li>
          On the phone: Settings, System, Developer options, “Wireless debugging”. Switch it on and open it.
        </li>
        <li>Tap “Pair device with pairing code”, and leave that open.</li>
      </ol>
      <div aria-live="polite">
        {phones.length === 0 ? (
          <p className={styles.looking}>Looking for phones that show a code…</p>
        ) : (
          <List label="Phones that show a code">
            {phones.map((phone) => (
              <li key={phone.address}>
                <ListRow
                  icon={<Smartphone size={20} aria-hidden="true" />}
                  title={showText(phone.name)}
                  more={showText(phone.address)}
                  isCurrent={phone.address === address}
                  onPress={() => setChosen(phone.address)}
                />
              </li>
            ))}
          </List>
        )}
      </div>
      <Field
        label="Code on the phone"
        hint="Six digits. The phone makes a new one each time it is opened."
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        value={code}
        onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
      />
      <Soft isSmall>
        Pairing is needed once. Later the phone is found by itself whenever it is in this Wi-Fi.
      </Soft>
    </FormDialog>
  );
}
