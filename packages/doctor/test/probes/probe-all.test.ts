import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose, factsOf, PROBES, probeAll } from '@holdfast/doctor';
import { fakeClock } from '@holdfast/testkit';
import { provoke } from '@holdfast/testkit/phone';
import { healthyFacts } from '../../test-setup/facts.ts';
import { phoneWith } from '../../test-setup/phones.ts';

const clock = fakeClock();
const ALL = Object.values(PROBES);

test('it brings evidence of every probe, in order', async () => {
  await using phone = await phoneWith();
  const evidence = await Array.fromAsync(probeAll(phone.phone, { clock }));
  deepEqual(
    evidence.map(({ probe }) => probe),
    ALL.map(({ name }) => name),
  );
});

test('it changes nothing on a phone', async () => {
  await using phone = await phoneWith();
  const remembered = (): string =>
    JSON.stringify([
      [...phone.android.settings.global],
      [...phone.android.appOps],
      [...phone.android.packages.values()],
      phone.android.happened,
    ]);
  const before = remembered();
  await Array.fromAsync(probeAll(phone.phone, { clock }));
  equal(remembered(), before);
});

test('it goes on where a probe gets garbage, nothing, or a refusal', async () => {
  for (const kind of ['garbage', 'killed'] as const) {
    await using phone = await phoneWith({}, ({ faults }) => {
      for (const on of ['dumpsys', 'settings get', 'cmd netpolicy', 'content query', 'date', 'df'])
        faults.push({ on, kind });
    });
    const evidence = await Array.fromAsync(probeAll(phone.phone, { clock }));
    equal(evidence.length, ALL.length);
    for (const { probe, told, asked } of evidence) {
      if (/dumpsys|settings get|netpolicy|content|^date|^df/.test(asked))
        ok(['unrecognised', 'refused'].includes(told.kind), `${kind} ${probe}: ${told.kind}`);
    }
  }
});

test('it does not wait for files that no index of media has, and says so of them for good', async () => {
  await using phone = await phoneWith({}, (android) => void provoke(android, 'files-of-other-types'));
  const facts = factsOf(await Array.fromAsync(probeAll(phone.phone, { clock, names: ['media', 'unseen'] })));
  ok(facts.unseen.kind === 'value' && facts.media.kind === 'value');
  deepEqual(facts.unseen.value.paths, []);
  equal(facts.unseen.value.unlisted.length, 5);
  // A backup does not count layers of an editor as a photo either.
  equal(facts.media.value.images, 6);
  const { complaints } = diagnose(
    { ...healthyFacts(), media: facts.media, unseen: facts.unseen },
    clock.now(),
  );
  deepEqual(
    complaints.map(({ code, severity, fileCount }) => [code, severity, fileCount]),
    [['files-of-other-types', 'info', 6]],
  );
});

test('it gives up a probe that says nothing, and goes on', async () => {
  const moving = fakeClock();
  await using phone = await phoneWith({}, ({ faults }) => {
    faults.push({ on: 'dumpsys battery', kind: 'stalls' });
  });
  const names = ['battery', 'wifi'] as const;
  const asking = Array.fromAsync(probeAll(phone.phone, { clock: moving, names }));
  let isOver = false;
  const over = asking.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await new Promise(setImmediate);
    moving.advance(Temporal.Duration.from({ seconds: 1 }));
  }
  await over;
  const facts = factsOf(await asking);
  deepEqual(facts.battery, { kind: 'refused', why: 'The phone did not answer in time.' });
  equal(facts.wifi.kind, 'value');
});

test('it says of every probe that the phone is gone', async () => {
  await using phone = await phoneWith();
  await phone.simulated[Symbol.asyncDispose]();
  const evidence = await Array.fromAsync(probeAll(phone.phone, { clock }));
  equal(evidence.length, ALL.length);
  for (const { probe, told } of evidence) if (probe !== 'android') equal(told.kind, 'refused', probe);
});

test('it ends with the reason of an abort', async () => {
  await using phone = await phoneWith();
  const reason = new Error('enough');
  await rejects(Array.fromAsync(probeAll(phone.phone, { clock, signal: AbortSignal.abort(reason) })), reason);
});

test('it shows no name of a person, an account or a network', async () => {
  for (const release of [9, 14] as const) {
    await using phone = await phoneWith({ release });
    const names = Object.values(PROBES).map(({ name }) => name);
    const shown = JSON.stringify(await Array.fromAsync(probeAll(phone.phone, { clock, names })));
    for (const name of ['ana@example.org', 'Tide, House', 'UserInfo{0:Ana', '192.0.2.23'])
      ok(!shown.includes(name), name);
  }
});

test('it looks at the screen only where somebody could', async () => {
  await using phone = await phoneWith({}, (android) => {
    android.isScreenLocked = true;
  });
  const [evidence] = await Array.fromAsync(probeAll(phone.phone, { clock, names: ['app-screen'] }));
  equal(evidence?.told.kind, 'refused');
  ok(!phone.android.ran.some((line) => line.includes('uiautomator')));
});

test('it leaves no file of its own on the phone', async () => {
  await using phone = await phoneWith();
  await Array.fromAsync(probeAll(phone.phone, { clock, names: ['app-screen'] }));
  ok(phone.android.ran.at(-1)?.startsWith('rm -f /data/local/tmp/holdfast-screen.xml'));
});

const TALKBACK = 'com.google.android.marvin.talkback/com.google.android.marvin.talkback.TalkBackService';
const SAMSUNG = 'com.samsung.android.app.talkback/.TalkBackService';
const MENU =
  'com.google.android.marvin.talkback/com.google.android.accessibility.accessibilitymenu.AccessibilityMenuService';
const KEYS = 'com.example.keys/.FillService';
const OTHER = 'com.example.help/.HelpService';
const SERVICES: readonly (readonly [
  says: string,
  touch: string | undefined,
  isRead: boolean,
  why: RegExp,
])[] = [
  ['', undefined, true, /^$/],
  [TALKBACK, '1', false, /stops accessibility services .* this one is on: TalkBack\. Look at the status/],
  [TALKBACK, '0', false, /this one is on: TalkBack\./],
  [`:${SAMSUNG}:${KEYS}`, '1', false, /this one is on: Voice Assistant\./],
  [`${KEYS}:${OTHER}`, undefined, true, /^$/],
  [MENU, '0', true, /^$/],
  [KEYS, '0', true, /^$/],
  // Somebody's reader is on, and nothing says which of them it is.
  [`${KEYS}:${OTHER}:${OTHER}`, '1', false, /these are on: com\.example\.keys, com\.example\.help\./],
  [KEYS, 'a word', false, /this one is on: com\.example\.keys\./],
  ['a word', '0', false, /^It is not known/],
];
for (const [says, touch, isRead, why] of SERVICES)
  test(`it ${isRead ? 'reads' : 'does not read'} the screen where the services for it are “${says}” and touch is ${touch}`, async () => {
    await using phone = await phoneWith({}, ({ settings }) => {
      settings.secure.set('enabled_accessibility_services', says);
      if (touch !== undefined) settings.secure.set('touch_exploration_enabled', touch);
    });
    const names = ['app-screen'] as const;
    const [evidence] = await Array.fromAsync(probeAll(phone.phone, { clock, names }));
    match(evidence?.told.kind === 'refused' ? evidence.told.why : '', why);
    equal(evidence?.told.kind === 'refused' && evidence.told.isForSomebody, !isRead);
    if (!isRead) equal(evidence?.raw, `${says}\n${touch}\n`);
    equal(
      phone.android.ran.some((line) => line.startsWith('uiautomator')),
      isRead,
    );
    if (!isRead) deepEqual(phone.android.happened, []);
    const [wanted] = await Array.fromAsync(probeAll(phone.phone, { clock, names, mayInterrupt: true }));
    ok(wanted?.told.kind !== 'refused');
  });
