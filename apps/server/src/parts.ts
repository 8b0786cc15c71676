import type { Catalog } from '@holdfast/catalog';
import type { Contents } from '@holdfast/contents';
import type { ItemType } from '@holdfast/contract';
import type { ServerEvent } from '@holdfast/contract/api';
import type { ChosenSource, Host, SettingsFile } from '@holdfast/home';
import type { Id } from '@holdfast/restic-format';
import type { FastifyRequest } from 'fastify';
import type { Access } from './access/access.ts';
import type { AlertBook } from './alerts/alert-book.ts';
import type { Care } from './care/care.ts';
import type { Pictures } from './pictures/pictures.ts';
import type { ReadingRoom } from './reading/reading-room.ts';
import type { Plans } from './restores/plans.ts';
import type { OpenDevice } from './restores/target.ts';

/** What is there before there are runs: what runners are made of. */
export interface BaseParts {
  /** Its signal aborts when the server closes. */
  readonly host: Host;
  readonly version: string;
  readonly access: Access;
  readonly catalog: Catalog;
  readonly settings: SettingsFile;
  readonly alerts: AlertBook;
  readonly care: Care;
  readonly room: ReadingRoom;
  readonly contents: Contents;
  readonly pictures: Pictures;
  readonly plans: Plans;
  /** A device's source, its link open. Fails with `server/not-in-sight`. */
  readonly openSource: (
    device: string,
    types: readonly ItemType[] | undefined,
    signal: AbortSignal,
  ) => Promise<ChosenSource & AsyncDisposable>;
  /** The same of a phone, to give something back to it. */
  readonly openDevice: OpenDevice;
  /** Told when a backup was laid out that nobody had looked at before. */
  readonly onLaidOut: (snapshot: Id) => void;
  readonly publish: (event: ServerEvent) => void;
  /** Looks for devices again at once, and tells the first screen. */
  readonly lookAgain: () => void;
  /** Sets the password for coming in over the network, and ends all sessions but that of the request. */
  readonly setAccessPassword: (password: string, request: FastifyRequest) => Promise<void>;
}
