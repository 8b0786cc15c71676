/**
 * The server's API: shapes of what goes in and comes out. A browser needs only the types, and `ROUTES`, which validates nothing and is in the
 * contract itself.
 *
 * ```ts
 * const home = OPERATIONS.home.answer.parse(await (await fetch('/api/home')).json());
 * ```
 */
import type { z } from 'zod';
import type * as backups from './backups.ts';
import type * as care from './care.ts';
import type * as devices from './devices.ts';
import type * as doctor from './doctor.ts';
import type { serverEvent } from './events.ts';
import type { OPERATIONS } from './operations.ts';
import type * as restores from './restores.ts';
import type { OperationName } from './routes.ts';
import type * as runs from './runs.ts';
import type * as session from './session.ts';
import type * as settings from './settings.ts';

export { rules } from './devices.ts';
export { serverEvent } from './events.ts';
export type { Operation, OperationTable } from './operation.ts';
export { OPERATIONS } from './operations.ts';
export { problem } from './session.ts';
export { settings } from './settings.ts';

type Shape<T, K extends string> = T extends Record<K, infer S extends z.ZodType> ? S : never;

/** What comes back from an operation. */
export type Answer<N extends OperationName> = z.output<(typeof OPERATIONS)[N]['answer']>;
/** JSON that an operation is sent. */
export type Body<N extends OperationName> = z.input<Shape<(typeof OPERATIONS)[N], 'body'>>;
/** What follows the `?` of an operation, before it is text. */
export type Query<N extends OperationName> = z.input<Shape<(typeof OPERATIONS)[N], 'query'>>;

export type Session = z.infer<typeof session.session>;
export type Problem = z.infer<typeof session.problem>;
export type Home = z.infer<typeof devices.home>;
export type Card = z.infer<typeof devices.card>;
export type CardAction = z.infer<typeof devices.action>;
export type Alert = z.infer<typeof devices.alert>;
export type Stranger = z.infer<typeof devices.stranger>;
export type DeviceDetail = z.infer<typeof devices.deviceDetail>;
export type Rules = z.infer<typeof devices.rules>;
export type Retention = z.infer<typeof devices.retention>;
export type LedgerItem = z.infer<typeof devices.item>;
export type Run = z.infer<typeof runs.run>;
export type RunItem = z.infer<typeof runs.runItem>;
export type RunRequest = z.infer<typeof runs.runRequest>;
export type Backup = z.infer<typeof backups.backup>;
export type BackupContents = z.infer<typeof backups.backupContents>;
export type MediaEntry = z.infer<typeof backups.mediaEntry>;
export type FileEntry = z.infer<typeof backups.fileEntry>;
export type Thread = z.infer<typeof backups.thread>;
export type Message = z.infer<typeof backups.message>;
export type RecordRow = z.infer<typeof backups.recordRow>;
export type RecordDetail = z.infer<typeof backups.recordDetail>;
export type SearchHit = z.infer<typeof backups.searchHit>;
export type Difference = z.infer<typeof backups.difference>;
export type Selection = z.infer<typeof backups.selection>;
export type RestoreRequest = z.input<typeof restores.restoreRequest>;
export type RestorePlan = z.infer<typeof restores.restorePlan>;
export type RepositoryCare = z.infer<typeof care.repository>;
export type DoctorReport = z.infer<typeof doctor.doctorReport>;
export type DoctorComplaint = z.infer<typeof doctor.complaint>;
export type DoctorFix = DoctorReport['fixes'][number];
export type Evidence = DoctorReport['evidence'][number];
export type FixPlan = z.infer<typeof doctor.fixPlan>;
export type FixRecord = z.infer<typeof doctor.fixRecord>;
export type OwnReport = z.infer<typeof doctor.ownReport>;
export type Settings = z.infer<typeof settings.settings>;
export type NotificationChannel = z.infer<typeof settings.channel>;
export type ServerEvent = z.infer<typeof serverEvent>;
