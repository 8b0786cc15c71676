import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Live } from '#api/live.tsx';
import { newQueryClient } from '#api/query-client.ts';
import { ToastPlace } from '#design/toast.tsx';
import { SessionGate } from '#session/session-gate.tsx';
import { CrashGuard } from './crash-guard.tsx';
import { Screens } from './screens.tsx';
import { Shell } from './shell.tsx';

/** The whole app. */
export function App(): ReactNode {
  const [client] = useState(newQueryClient);
  return (
    <CrashGuard>
      <QueryClientProvider client={client}>
        <ToastPlace>
          <SessionGate>
            <Live>
              <Shell>
                <Screens />
              </Shell>
            </Live>
          </SessionGate>
        </ToastPlace>
      </QueryClientProvider>
    </CrashGuard>
  );
}
