import type { ReactNode } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { later } from '#design/later.tsx';
import { Skeleton } from '#design/skeleton.tsx';
import { HomeScreen } from '#home/home-screen.tsx';
import { CrashGuard } from './crash-guard.tsx';
import { NotFound } from './not-found.tsx';

const OPENING = <Skeleton words="Opening the page…" />;
const BackupsScreen = later(async () => (await import('#device/backups-screen.tsx')).BackupsScreen, OPENING);
const DeviceScreen = later(async () => (await import('#device/device-screen.tsx')).DeviceScreen, OPENING);
const RunScreen = later(async () => (await import('#run/run-screen.tsx')).RunScreen, OPENING);
const RepositoryScreen = later(
  async () => (await import('#settings/repository-screen.tsx')).RepositoryScreen,
  OPENING,
);
const SettingsScreen = later(
  async () => (await import('#settings/settings-screen.tsx')).SettingsScreen,
  OPENING,
);
const DoctorScreen = later(async () => (await import('#doctor/doctor-screen.tsx')).DoctorScreen, OPENING);
const BackupScreens = later(async () => (await import('#backup/backup-screens.tsx')).BackupScreens, OPENING);
const RestoreScreens = later(
  async () => (await import('#restore/restore-screens.tsx')).RestoreScreens,
  OPENING,
);

// The largest of them is fetched beside the first question to the server, where the page begins with it.
if (window.location.pathname.startsWith('/backups/')) BackupScreens.ask();

/** The screen of an address. All but the first come when they are wanted. */
export function Screens(): ReactNode {
  const [location] = useLocation();
  return (
    <CrashGuard key={location.split('/')[1] ?? ''}>
      <Switch>
        <Route path="/">
          <HomeScreen />
        </Route>
        <Route path="/backups">
          <BackupsScreen />
        </Route>
        <Route path="/devices/:device/:tab?">
          {({ device, tab }) => <DeviceScreen key={device} id={device} tab={tab} />}
        </Route>
        <Route path="/runs/:run">{({ run }) => <RunScreen key={run} id={run} />}</Route>
        <Route path="/doctor/:part?">{({ part }) => <DoctorScreen part={part} />}</Route>
        <Route path="/repository">
          <RepositoryScreen />
        </Route>
        <Route path="/settings">
          <SettingsScreen />
        </Route>
        <Route path="/backups/:backup/*?">
          <BackupScreens />
        </Route>
        <Route path="/restore/:backup">
          <RestoreScreens />
        </Route>
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </CrashGuard>
  );
}
