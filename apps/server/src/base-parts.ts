import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Contents } from '@holdfast/contents';
import { type Host, homeOf, openHere, SettingsFile } from '@holdfast/home';
import { findProgram } from '@holdfast/media';
import type { Access } from './access/access.ts';
import { sessionName } from './access/routes.ts';
import { AlertBook } from './alerts/alert-book.ts';
import { openCare } from './care/care.ts';
import { openLedger } from './ledger/open-ledger.ts';
import type { BaseParts } from './parts.ts';
import { Pictures } from './pictures/pictures.ts';
import { BRIEFLY, ReadingRoom } from './reading/reading-room.ts';
import { Plans } from './restores/plans.ts';

/** What of the parts others make. */
interface FromElsewhere
  extends Pick<BaseParts, 'openSource' | 'openDevice' | 'onLaidOut' | 'publish' | 'lookAgain'> {
  /** Makes nothing ahead until the answer is disposed of: somebody needs the repository to himself. */
  readonly makeWay: () => Promise<Disposable>;
  /** Told when the ledger is another file. */
  readonly onLedger: () => Promise<void>;
}

/**
 * Opens what is in a home folder; what is opened is disposed of with `stack`. Fails as opening the catalog and the settings does; the repository
 * is opened when it is first needed.
 */
export async function basePartsOf(
  host: Host,
  { access, version }: { readonly access: Access; readonly version: string },
  elsewhere: FromElsewhere,
  stack: AsyncDisposableStack,
): Promise<BaseParts> {
  const { clock, random, timeZone, isProcessAlive, env } = host;
  const { folder } = homeOf(host);
  const cache = join(folder, 'cache');
  const catalog = stack.use(await openLedger(host));
  const settings = await SettingsFile.load(host);
  const room = stack.use(
    new ReadingRoom({
      open: async (signal) =>
        (await openHere({ ...host, signal: AbortSignal.any([host.signal, signal]) })).repository,
      isProcessAlive,
      clock,
      onMissed: (files) => care.missed(files),
    }),
  );
  const contents = stack.use(
    new Contents({
      folder: join(cache, 'contents'),
      read: (signal) => room.enter(signal, BRIEFLY),
      clock,
      timeZone,
      onLaidOut: elsewhere.onLaidOut,
    }),
  );
  const ffmpeg = await findProgram('ffmpeg', env['PATH'] ?? '');
  const pictures = stack.use(
    new Pictures({
      folder: join(cache, 'pictures'),
      clock,
      poster: ffmpeg === undefined ? undefined : { path: ffmpeg, folder: tmpdir(), clock },
    }),
  );
  const { makeWay, onLedger, ...given } = elsewhere;
  const { publish, lookAgain } = given;
  const care = await openCare({
    host,
    settings,
    catalog,
    onLedger,
    onChange() {
      publish({ kind: 'changed', what: 'repository' });
      lookAgain();
    },
    async makeWay() {
      const way = await makeWay();
      await room.letGo();
      return way;
    },
  });
  return {
    ...given,
    host,
    version,
    access,
    catalog,
    settings,
    room,
    contents,
    pictures,
    alerts: await AlertBook.load(join(folder, 'alerts.json'), clock),
    care,
    plans: new Plans({ folder: join(folder, 'plans'), clock, random }),
    setAccessPassword: async (password, request) => {
      await access.password.set(password);
      await access.sessions.endOthers(sessionName(request));
    },
  };
}
