import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDiskSpace } from '#android/facts/disk-space.ts';
import { nameOf, phoneFacts } from '#android/facts/phone-facts.ts';
import { parseProperties } from '#android/facts/properties.ts';
import { ABSENT, told, unrecognised } from '#android/facts/told.ts';
import { printedProperties } from '../../../test-setup/phones.ts';

const PRINTED =
  '[ro.a]: [one]\n[ro.empty]: []\n[ro.lines]: [first\nsecond]\n[ro.odd]: [a]: [b]\n[ro.last]: [z]\n';

const lookups: [name: string, output: string, property: string, expected: unknown][] = [
  ['a value', PRINTED, 'ro.a', told('one')],
  ['an empty value as absent', PRINTED, 'ro.empty', ABSENT],
  ['a value of two lines', PRINTED, 'ro.lines', told('first\nsecond')],
  ['a value with brackets', PRINTED, 'ro.odd', told('a]: [b')],
  ['the last value', PRINTED, 'ro.last', told('z')],
  ['what is not there', PRINTED, 'ro.none', ABSENT],
  ['line ends of old phones', PRINTED.replaceAll('\n', '\r\n'), 'ro.a', told('one')],
  ['a value that was cut off', '[ro.a]: [one]\n[ro.b]: [tw', 'ro.b', unrecognised('tw')],
  ['no output', '', 'ro.a', unrecognised('')],
  ['a complaint', 'getprop: not found', 'ro.a', unrecognised('getprop: not found')],
];
for (const [name, output, property, expected] of lookups) {
  test(`it reads ${name} from getprop`, () => deepEqual(parseProperties(output)(property), expected));
}

test('it never reads a value from part of an output that the whole does not have', () => {
  fc.assert(
    fc.property(fc.nat(PRINTED.length), (length) => {
      const cut = parseProperties(PRINTED.slice(0, length));
      for (const name of ['ro.a', 'ro.lines', 'ro.odd', 'ro.last']) {
        const fact = cut(name);
        if (fact.kind === 'value') deepEqual(fact, parseProperties(PRINTED)(name));
      }
    }),
  );
});

const SAMSUNG = {
  'ro.serialno': 'R58M123ABC',
  'ro.product.manufacturer': 'samsung',
  'ro.product.model': 'SM-G991B',
  'ro.build.version.release': '14',
  'ro.build.version.sdk': '34',
  'ro.crypto.state': 'encrypted',
  'ro.crypto.type': 'file',
};

test('it says what a phone is', () => {
  const facts = phoneFacts(parseProperties(printedProperties(SAMSUNG)));
  deepEqual(
    [facts.serial, facts.manufacturer, facts.model, facts.marketingName, facts.release, facts.sdk],
    [told('R58M123ABC'), told('samsung'), told('SM-G991B'), ABSENT, told('14'), told(34)],
  );
});

const names: [properties: Record<string, string>, expected: string][] = [
  [SAMSUNG, 'Samsung SM-G991B'],
  [{ ...SAMSUNG, 'ro.config.marketing_name': 'Galaxy S21' }, 'Samsung Galaxy S21'],
  [{ 'ro.product.manufacturer': 'Xiaomi', 'ro.product.marketname': 'Xiaomi 13' }, 'Xiaomi 13'],
  [{ 'ro.product.model': 'Pixel 8' }, 'Pixel 8'],
  [{ 'ro.a': 'b' }, 'Android phone'],
];
for (const [properties, expected] of names) {
  test(`it calls a phone ${expected}`, () => {
    equal(nameOf(phoneFacts(parseProperties(printedProperties(properties)))), expected);
  });
}

const ownNames: [printed: string, expected: string][] = [
  ["Ana's phone\n", "Ana's phone"],
  [' SM-G991B\r\n', 'Samsung SM-G991B'],
  ['null\n', 'Samsung SM-G991B'],
  ['', 'Samsung SM-G991B'],
  ['\u200b\u3164 .\n', 'Samsung SM-G991B'],
  ['Line\nline', 'Line line'],
  ['\u202egnp.exe \x1b[31m', '\\u202egnp.exe \\x1b[31m'],
  ['x'.repeat(99), `${'x'.repeat(59)}…`],
  ['📱', '📱'],
];
for (const [printed, expected] of ownNames) {
  test(`it calls a phone ${expected} that is named ${JSON.stringify(printed)}`, () => {
    equal(nameOf(phoneFacts(parseProperties(printedProperties(SAMSUNG)), printed)), expected);
  });
}

const locks: [name: string, properties: Record<string, string>, expected: unknown][] = [
  ['unlocked', { ...SAMSUNG, 'sys.user.0.ce_available': 'true' }, told(true)],
  ['not unlocked yet', { ...SAMSUNG, 'sys.user.0.ce_available': 'false' }, told(false)],
  ['still starting', SAMSUNG, told(false)],
  ['not saying', { ...SAMSUNG, 'sys.boot_completed': '1' }, ABSENT],
  ['not encrypted', { 'ro.crypto.state': 'unencrypted' }, told(true)],
  ['saying something else', { ...SAMSUNG, 'sys.user.0.ce_available': 'maybe' }, unrecognised('maybe')],
];
for (const [name, properties, expected] of locks) {
  test(`it says of a phone that it is ${name}`, () =>
    deepEqual(phoneFacts(parseProperties(printedProperties(properties))).isUnlocked, expected));
}

test('it takes a number that is none for what it is', () => {
  const facts = phoneFacts(parseProperties(printedProperties({ 'ro.build.version.sdk': '34-beta' })));
  deepEqual(facts.sdk, unrecognised('34-beta'));
});

const INTERNAL = '/storage/emulated/0';
const DF = `Filesystem                   1K-blocks     Used Available Use% Mounted on
tmpfs                          3800000     1000   3799000   1% /
/data/media data             112000000 60000000  52000000  54% /storage/emulated
/dev/block/vold/public:179,1  31000000  1000000  30000000   4% /storage/1A2B-3C4D
`;
const kib = (totalBytes: number, freeBytes: number): unknown =>
  told({ totalBytes: totalBytes * 1024, freeBytes: freeBytes * 1024 });

const spaces: [name: string, output: string, path: string, expected: unknown][] = [
  ['the row whose mount the path is below', DF, INTERNAL, kib(112_000_000, 52_000_000)],
  ['the row that is mounted at the path', DF, '/storage/1A2B-3C4D', kib(31_000_000, 30_000_000)],
  ['no row of a card whose id begins alike', DF, '/storage/1A2B-3C4', ABSENT],
  ['nothing of the root for what is not mounted', DF, '/storage/9999-0000', ABSENT],
  ['nothing of a header alone', DF.split('\n')[0] ?? '', INTERNAL, ABSENT],
  ['nothing of other words', 'df: not found', INTERNAL, unrecognised('df: not found')],
];
for (const [name, output, path, expected] of spaces) {
  test(`it reads from df ${name}`, () => deepEqual(parseDiskSpace(output, path), expected));
}
