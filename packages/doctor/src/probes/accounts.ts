import { type Told, told, unrecognised } from '@holdfast/devices/android';
import type { AccountFacts } from '../photos-facts.ts';
import { commandProbe } from './command-probe.ts';

const ACCOUNT = /^\s*Account \{name=.*, type=([\w.]+)\}$/;
const COUNT = /^\s*Accounts: (\d{1,4})$/;

/**
 * The accounts of the first user in `dumpsys account`: so many as it says, each in its line. The word `com.google` comes further down
 * too, on phones without any.
 */
export function parseAccounts(output: string): Told<AccountFacts> {
  const lines = output.split(/\r?\n/);
  lines.pop();
  const user = lines.findIndex((line) => /^\s*User UserInfo\{0:/.test(line));
  const at = lines.findIndex((line, place) => place > user && COUNT.test(line));
  const count = Number(COUNT.exec(lines[at] ?? '')?.[1] ?? Number.NaN);
  const types = lines.slice(at + 1, at + 1 + count).map((line) => ACCOUNT.exec(line)?.[1]);
  if (at < 0 || types.length !== count || types.includes(undefined)) return unrecognised(output);
  return told({ google: types.filter((type) => type === 'com.google').length, all: count });
}

/** Of names nothing. */
const namesOut = (output: string): string =>
  output
    .split(/\r?\n/)
    .flatMap((line) => {
      const type = ACCOUNT.exec(line)?.[1];
      return type === undefined
        ? (COUNT.exec(line)?.slice(0, 1) ?? [])
        : [`    Account {name=…, type=${type}}`];
    })
    .map((line) => `${line}\n`)
    .join('');

/** Whether there is a Google account. */
export const accountsProbe = commandProbe({
  name: 'accounts',
  title: 'Accounts',
  commands: () => [['dumpsys', 'account']],
  parse: ([output = '']) => parseAccounts(output),
  worth: namesOut,
});

/** The switch of the first user in the head of `dumpsys content`. */
export function parseAutoSync(output: string): Told<boolean> {
  const line = /^\s*auto sync: (.*)\r?\n/im.exec(output)?.[1];
  const isOn = /(?:^|[ ,])u0=(true|false)(?:[ ,]|$)/.exec(line ?? '')?.[1];
  return isOn === undefined ? unrecognised(output) : told(isOn === 'true');
}

/** Whether accounts sync by themselves. */
export const autoSyncProbe = commandProbe({
  name: 'auto-sync',
  title: 'Syncing by itself',
  commands: () => [['dumpsys', 'content']],
  parse: ([output = '']) => parseAutoSync(output),
  worth: (output) => output.split('\n').slice(0, 8).join('\n'),
});
