import { lazy, type ReactNode, Suspense } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { Skeleton } from '#design/skeleton.tsx';
import { HomeScreen } from '#home/home-screen.tsx';
import { CrashGuard } from './crash-guard.tsx';
import { NotFound } from './not-found.tsx';

const BackupsScreen = lazy(async () => ({
  default: (await import('#device/backups-screen.tsx')).BackupsScreen,
}));
const DeviceScreen = lazy(async () => ({
  default: (await import('#device/device-screen.tsx')).DeviceScreen,
}));
const RunScreen = lazy(async () => ({ default: (await import('#run/run-screen.tsx')).RunScreen }));
const RepositoryScreen = lazy(async () => ({
  default: (await import('#settings/repository-screen.tsx')).RepositoryScreen,
}));
const SettingsScreen = lazy(async () => ({
  default: (await import('#settings/settings-screen.tsx')).SettingsScreen,
}));
const DoctorScreen = lazy(async () => ({
  default: (await import('#doctor/doctor-screen.tsx')).DoctorScreen,
}));
const backupScreens = async () => ({
  default: (await import('#backup/backup-screens.tsx')).BackupScreens,
});
const BackupScreens = lazy(backupScreens);
const RestoreScreens = lazy(async () => ({
  default: (await import('#restore/restore-screens.tsx')).RestoreScreens,
}));

// The largest of them is fetched beside the first question to the server, where the page begins with it. What goes wrong is told when it is shown.
if (window.location.pathname.startsWith('/backups/')) backupScreens().catch(() => {});

/** The screen of an address. All but the first come when they are wanted. */
export function Screens(): ReactNode {
  const [location] = useLocation();
  return (
    <CrashGuard key={location.split('/')[1] ?? ''}>
      <Suspense fallback={<Skeleton words="Opening the page…" />}>
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
      </Suspense>
    </CrashGuard>
  );
}
