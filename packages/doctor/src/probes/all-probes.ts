import type { ProbeName } from '../photos-facts.ts';
import { accountsProbe, autoSyncProbe } from './accounts.ts';
import { androidProbe } from './android.ts';
import { appProbe } from './app.ts';
import { appScreenProbe } from './app-screen.ts';
import { backgroundProbe, optimisationProbe, standbyProbe } from './background.ts';
import { clockProbe } from './clock.ts';
import { jobsProbe } from './jobs.ts';
import { mediaProbe } from './media.ts';
import { airplaneProbe, dataSaverProbe, networkProbe, wifiProbe } from './network.ts';
import { notificationProbe } from './notification.ts';
import { appOpsProbe, permissionsProbe } from './permissions.ts';
import { batteryProbe, batterySaverProbe, heatProbe } from './power.ts';
import type { Probe } from './probe.ts';
import { screenProbe } from './screen.ts';
import { storageProbe } from './storage.ts';
import { toolsProbe } from './tools.ts';
import { unseenProbe } from './unseen.ts';

/** Every probe, in the order they are asked and shown; what takes long comes last. */
export const PROBES: { readonly [Name in ProbeName]: Probe<Name> } = {
  android: androidProbe,
  app: appProbe,
  permissions: permissionsProbe,
  'app-ops': appOpsProbe,
  background: backgroundProbe,
  'standby-bucket': standbyProbe,
  'battery-optimisation': optimisationProbe,
  'battery-saver': batterySaverProbe,
  battery: batteryProbe,
  heat: heatProbe,
  'airplane-mode': airplaneProbe,
  wifi: wifiProbe,
  network: networkProbe,
  'data-saver': dataSaverProbe,
  clock: clockProbe,
  storage: storageProbe,
  accounts: accountsProbe,
  'auto-sync': autoSyncProbe,
  jobs: jobsProbe,
  screen: screenProbe,
  notification: notificationProbe,
  'app-screen': appScreenProbe,
  tools: toolsProbe,
  media: mediaProbe,
  unseen: unseenProbe,
};
