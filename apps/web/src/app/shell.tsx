import { Archive, HardDrive, House, Settings, Stethoscope, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useAnswer } from '#api/hooks.ts';
import { useConnection } from '#api/live.tsx';
import { showText } from '#design/format.ts';
import { DeviceIcon } from '#design/kind-icon.tsx';
import icon from './icon.svg';
import styles from './shell.module.css';

const ENTRIES = [
  { href: '/', label: 'Home', Icon: House },
  { href: '/backups', label: 'Backups', Icon: Archive },
  { href: '/doctor', label: 'Doctor', Icon: Stethoscope },
  { href: '/repository', label: 'Repository', Icon: HardDrive },
  { href: '/settings', label: 'Settings', Icon: Settings },
] as const;

/** What is around every screen: where one can go, at the side or at the bottom, and a banner when nothing answers. */
export function Shell({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        To the content
      </a>
      <GoneBanner />
      <div className={styles.side}>
        <header>
          <Link href="/" className={styles.brand}>
            <img src={icon} alt="" width="28" height="28" />
            Holdfast
          </Link>
        </header>
        <nav aria-label="Main">
          <Entries />
        </nav>
        <DeviceEntries />
      </div>
      <main className={styles.main} id="main" tabIndex={-1}>
        <div className={styles.column}>{children}</div>
      </main>
      <nav className={styles.bar} aria-label="Main, at the bottom">
        <Entries />
      </nav>
    </div>
  );
}

function Entries(): ReactNode {
  const [location] = useLocation();
  return ENTRIES.map(({ href, label, Icon }) => (
    <Link key={href} href={href} className={styles.entry} {...currentIf(isUnder(location, href))}>
      <Icon size={20} aria-hidden="true" />
      {label}
    </Link>
  ));
}

function DeviceEntries(): ReactNode {
  const [location] = useLocation();
  const { data } = useAnswer('home');
  if (data === undefined || data.cards.length === 0) return null;
  return (
    <nav aria-label="Devices">
      <p className={styles.group}>Devices</p>
      {data.cards.map(({ device }) => {
        const href = `/devices/${encodeURIComponent(device.id)}`;
        return (
          <Link key={device.id} href={href} className={styles.entry} {...currentIf(isUnder(location, href))}>
            <DeviceIcon kind={device.kind} />
            <bdi className={styles.name} title={showText(device.name)}>
              {showText(device.name)}
            </bdi>
          </Link>
        );
      })}
    </nav>
  );
}

function GoneBanner(): ReactNode {
  if (useConnection() !== 'gone') return null;
  return (
    <div className={styles.gone} role="alert">
      <WifiOff size={20} aria-hidden="true" />
      <p>
        <strong>Holdfast does not answer.</strong> Start it again on the computer it runs on. This page goes
        on by itself; what you see is how things were.
      </p>
    </div>
  );
}

const isUnder = (location: string, href: string): boolean =>
  location === href || (href !== '/' && location.startsWith(`${href}/`));

const currentIf = (isCurrent: boolean): { 'aria-current'?: 'page' } =>
  isCurrent ? { 'aria-current': 'page' } : {};
