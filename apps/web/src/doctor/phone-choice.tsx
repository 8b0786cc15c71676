import type { Card as DeviceState } from '@holdfast/contract/api';
import { Cable, Stethoscope, Wifi } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useAnswer } from '#api/hooks.ts';
import { deviceHref } from '#app/addresses.ts';
import { Ago } from '#design/ago.tsx';
import { Answered } from '#design/answered.tsx';
import { LinkButton } from '#design/button.tsx';
import { showText } from '#design/format.ts';
import { DeviceIcon } from '#design/kind-icon.tsx';
import { Soft, Stack } from '#design/layout.tsx';
import { ConnectSteps } from '#home/connect-steps.tsx';
import { Strangers } from '#home/strangers.tsx';
import styles from './phone-choice.module.css';

/** The phones that can be asked, or how one is connected. */
export function PhoneChoice(): ReactNode {
  const devices = useAnswer('devices');
  return (
    <Answered of={devices} words="Looking which phones are there…" lines={4}>
      {({ cards, strangers }) => {
        const phones = cards.filter(({ device }) => device.kind === 'android' || device.kind === 'iphone');
        const here = phones.filter(({ isInSight }) => isInSight);
        const away = phones.filter(({ isInSight }) => !isInSight);
        return (
          <Stack gap="loose">
            <div>
              <h2 className={styles.ask}>Why is Google Photos not backing up?</h2>
              <Soft>
                The phone is asked some two dozen questions. Asking changes nothing on it, and no name or
                number leaves this computer.
              </Soft>
            </div>
            <Strangers strangers={strangers} />
            {here.length > 0 && (
              <ul className={styles.phones} aria-label="Phones that are connected">
                {here.map((card) => (
                  <li key={card.device.id}>
                    <Phone card={card} />
                  </li>
                ))}
              </ul>
            )}
            {here.length === 0 && (
              <Stack>
                <h2>{phones.length === 0 ? 'Connect your phone' : 'Connect one of your phones'}</h2>
                <ConnectSteps />
                <p className={styles.looking} role="status">
                  Looking for a phone… It shows up here by itself.
                </p>
              </Stack>
            )}
            {away.length > 0 && (
              <ul className={styles.away} aria-label="Phones that are not here">
                {away.map(({ device, lastSeen }) => (
                  <li key={device.id}>
                    <Soft>
                      <bdi>{showText(device.name)}</bdi> is not here now: seen <Ago time={lastSeen} />.
                    </Soft>
                  </li>
                ))}
              </ul>
            )}
            <Soft>
              An iPhone? <Link href="/doctor/iphone">What to check there, in order</Link>
            </Soft>
          </Stack>
        );
      }}
    </Answered>
  );
}

function Phone({ card: { device, route } }: { readonly card: DeviceState }): ReactNode {
  const name = showText(device.name);
  const isWireless = route === 'network';
  return (
    <div className={styles.phone}>
      <span className={styles.picture}>
        <DeviceIcon kind={device.kind} size={26} />
      </span>
      <div className={styles.words}>
        <h3>
          <bdi>{name}</bdi>
        </h3>
        <p className={styles.route}>
          {isWireless ? <Wifi size={16} aria-hidden="true" /> : <Cable size={16} aria-hidden="true" />}
          {isWireless ? 'over Wi-Fi' : 'by cable'}
        </p>
      </div>
      <LinkButton
        look="main"
        href={deviceHref(device.id, 'doctor')}
        icon={<Stethoscope size={18} aria-hidden="true" />}
        aria-label={`Find out why: ${name}`}
      >
        Find out why
      </LinkButton>
    </div>
  );
}
