import type { ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { BackupPage } from './backup-page.tsx';
import { ComparePage } from './compare/compare-page.tsx';

/** Gives the screens of one backup, by address: `/backups/:backup`, one for each tab, search and comparison. */
export function BackupScreens(): ReactNode {
  return (
    <Switch>
      <Route path="/backups/:backup/compare">{({ backup }) => <ComparePage backup={backup} />}</Route>
      <Route<{
        backup: string;
        tab: string | undefined;
        what: string | undefined;
      }> path="/backups/:backup/:tab?/:what?">
        {({ backup, tab, what }) => <BackupPage key={backup} backup={backup} tab={tab} what={what} />}
      </Route>
    </Switch>
  );
}
