import type { ComplaintCode } from '../complaint-code.ts';
import { ACCOUNT_COMPLAINTS } from './account.ts';
import { APP_COMPLAINTS } from './app.ts';
import { BACKGROUND_COMPLAINTS } from './background.ts';
import { CLOCK_COMPLAINTS } from './clock.ts';
import type { ComplaintEntry } from './complaint-entry.ts';
import { JOB_COMPLAINTS } from './jobs.ts';
import { MEDIA_COMPLAINTS } from './media.ts';
import { NETWORK_COMPLAINTS } from './network.ts';
import { PERMISSION_COMPLAINTS } from './permissions.ts';
import { POWER_COMPLAINTS } from './power.ts';
import { STATUS_COMPLAINTS } from './status.ts';
import { STORAGE_COMPLAINTS } from './storage.ts';

/** The catalogue of complaints about Google Photos, by code; of two that are as bad, the one that comes first stands out. */
export const COMPLAINTS: ReadonlyMap<ComplaintCode, ComplaintEntry> = new Map(
  [
    APP_COMPLAINTS,
    ACCOUNT_COMPLAINTS,
    PERMISSION_COMPLAINTS,
    CLOCK_COMPLAINTS,
    NETWORK_COMPLAINTS,
    STORAGE_COMPLAINTS,
    BACKGROUND_COMPLAINTS,
    POWER_COMPLAINTS,
    STATUS_COMPLAINTS,
    JOB_COMPLAINTS,
    MEDIA_COMPLAINTS,
  ]
    .flat()
    .map((each) => [each.code, each]),
);
