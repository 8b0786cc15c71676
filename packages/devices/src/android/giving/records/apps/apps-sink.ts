import { collect, isFailure } from '@holdfast/kernel';
import { type AppFacts, parseAppFacts, recordKey, recordTitle } from '@holdfast/records';
import type {
  GiveRecordsOptions,
  RecordFile,
  RecordOutcome,
  RecordSink,
  RecordVerdict,
  SinkRefusal,
} from '#device-sink.ts';
import { type AppToInstall, installApp, isInstalled } from './install.ts';
import { type AppsLink, InstalledApps } from './installed-apps.ts';

/** An `app.json` has a few kilobytes. */
const MOST_FACTS_BYTES = 4 * 1024 * 1024;

/** Apps go to a phone with all of their files; their data cannot. */
export function appsSink(link: AppsLink): RecordSink {
  const installed = new InstalledApps(link);
  return {
    async *plan(file, options, signal) {
      const { verdict } = await decide(installed, file, options, signal);
      if (verdict !== undefined) yield verdict;
    },
    async *give(file, options, signal) {
      const { verdict, app } = await decide(installed, file, options, signal);
      if (verdict === undefined) return;
      if (verdict.reason !== undefined || app === undefined) {
        yield { ...verdict, reason: verdict.reason ?? 'target-refused' };
        return;
      }
      installed.forget();
      yield await install(link, verdict, app, signal);
    },
  };
}

async function install(
  link: AppsLink,
  verdict: RecordVerdict,
  app: AppToInstall,
  signal: AbortSignal | undefined,
): Promise<RecordOutcome> {
  const detail = await installApp(link, app, signal);
  if (detail !== undefined) return { ...verdict, reason: 'app-refused', detail };
  const reason = (await isInstalled(link, app, signal)) ? 'restored' : 'differs-after-writing';
  return { ...verdict, reason };
}

interface Decided {
  /** Absent for an app that was not chosen. */
  readonly verdict?: RecordVerdict;
  /** Set for one that is to be installed. */
  readonly app?: AppToInstall;
}

async function decide(
  installed: InstalledApps,
  file: RecordFile,
  { isChosen, replaces }: Omit<GiveRecordsOptions, 'undoNotes'>,
  signal: AbortSignal | undefined,
): Promise<Decided> {
  const facts = await factsOf(file, signal);
  const verdict = {
    number: 1,
    key: recordKey(facts.app),
    kind: 'app' as const,
    title: recordTitle(facts.app),
  };
  if (!isChosen(verdict.key)) return {};
  if (facts.detail !== undefined)
    return { verdict: { ...verdict, reason: 'damaged-in-backup', detail: facts.detail } };
  const app = await filesOf(file, facts.app, signal);
  if ('detail' in app) return { verdict: { ...verdict, ...app } };
  const there = await versionThere(installed, facts.app, signal);
  if (there === undefined) return { verdict, app };
  if ('reason' in there) return { verdict: { ...verdict, ...there } };
  const { versionCode: own } = facts.app;
  const detail = there.version === '' ? 'another version' : `version ${there.version}`;
  if (own !== undefined && there.version === own) return { verdict: { ...verdict, reason: 'already-there' } };
  if (own !== undefined && there.version !== '' && BigInt(there.version) > BigInt(own))
    return { verdict: { ...verdict, reason: 'newer-there', detail } };
  if (!replaces) return { verdict: { ...verdict, reason: 'conflict', detail } };
  return { verdict: { ...verdict, replaces: true }, app };
}

/** What `app.json` says; where it cannot be read, the name of its folder, and why. */
async function factsOf(
  file: RecordFile,
  signal: AbortSignal | undefined,
): Promise<{ readonly app: AppFacts; readonly detail?: string }> {
  try {
    return { app: parseAppFacts(await collect(file.read(signal), MOST_FACTS_BYTES, signal)) };
  } catch (error) {
    if (!isFailure(error) || !/^(records|kernel|repository)\//.test(error.code)) throw error;
    const [, name = ''] = file.path.split('/');
    return { app: { kind: 'app', package: name, apks: [] }, detail: error.message };
  }
}

/** All of its files: without one of them it would not run. */
async function filesOf(
  file: RecordFile,
  { package: name, installer, apks }: AppFacts,
  signal: AbortSignal | undefined,
): Promise<AppToInstall | SinkRefusal> {
  const files = [];
  for (const { name: apk } of apks) {
    const found = await file.beside(apk, signal);
    if (found === undefined) return { reason: 'damaged-in-backup', detail: `${apk} is missing` };
    files.push({ name: apk, file: found });
  }
  if (files.length === 0) return { reason: 'damaged-in-backup', detail: 'it has no files' };
  return { package: name, files, ...(installer !== undefined && { installer }) };
}

async function versionThere(
  installed: InstalledApps,
  { package: name }: AppFacts,
  signal: AbortSignal | undefined,
): Promise<{ readonly version: string } | SinkRefusal | undefined> {
  const versions = await installed.versions(signal);
  if (versions === undefined)
    return { reason: 'target-refused', detail: 'the phone does not say which apps it has' };
  const version = versions.get(name);
  return version === undefined ? undefined : { version };
}
