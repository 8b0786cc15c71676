import { type ReactNode, Suspense } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { Skeleton } from '#design/skeleton.tsx';
import { HomeScreen } from '#home/home-screen.tsx';
import { CrashGuard } from './crash-guard.tsx';
import { NotFound } from './not-found.tsx';

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
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </CrashGuard>
  );
}
