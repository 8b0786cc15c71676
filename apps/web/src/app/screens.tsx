import { lazy, type ReactNode, Suspense } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { Skeleton } from '#design/skeleton.tsx';
import { HomeScreen } from '#home/home-screen.tsx';
import { CrashGuard } from './crash-guard.tsx';
import { NotFound } from './not-found.tsx';

const BackupScreens = lazy(async () => ({
  default: (await import('#backup/backup-screens.tsx')).BackupScreens,
}));

const RestoreScreens = lazy(async () => ({
  default: (await import('#restore/restore-screens.tsx')).RestoreScreens,
}));

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
