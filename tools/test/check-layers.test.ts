import { deepEqual } from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@holdfast/testkit';
import { checkLayers } from '../check-layers.ts';
import { LAYERS as REAL_LAYERS } from '../layers.ts';

const LAYERS = [
  { '@holdfast/low': { builtins: [] } },
  { '@holdfast/left': { builtins: ['fs'] }, '@holdfast/right': { builtins: [] } },
  { '@holdfast/app': { builtins: 'any' } },
] as const;

const BEFORE: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'holdfast', devDependencies: { 'fast-check': '4' } }),
  'packages/low/package.json': manifest('low', [], ['testkit']),
  'packages/left/package.json': manifest('left', ['low', 'right'], ['testkit', 'app']),
  'packages/left/src/files.ts': "import 'node:fs/promises';",
  'packages/right/package.json': manifest('right', ['low', 'app']),
  'packages/testkit/package.json': manifest('testkit', ['low', 'left']),
  'apps/app/package.json': manifest('app', ['low', 'left', 'right', 'testkit']),
};

function manifest(name: string, ours: string[], ourTests: string[] = []): string {
  const versions = (names: string[]): object =>
    Object.fromEntries(names.map((short) => [`@holdfast/${short}`, '0.1.0']));
  const dependencies = { ...versions(ours), zod: '4' };
  return JSON.stringify({ name: `@holdfast/${name}`, dependencies, devDependencies: versions(ourTests) });
}

async function complaintsOn(files: Readonly<Record<string, string>>): Promise<string[]> {
  await using folder = await temporaryFolder();
  for (const [path, text] of Object.entries({ ...BEFORE, ...files })) {
    await mkdir(dirname(join(folder.path, path)), { recursive: true });
    await writeFile(join(folder.path, path), text);
  }
  return checkLayers(folder.path, LAYERS);
}

const LEFT = 'packages/left/src/a.ts';
const SUITE = 'packages/left/src/testing/a.ts';
const TEST = 'packages/left/test/a.test.ts';

const REFUSED: [what: string, file: string, source: string, complaint: string][] = [
  [
    'an import that points up',
    'packages/right/src/a.ts',
    "import '@holdfast/app';",
    "'@holdfast/app' points up",
  ],
  ['one in a test', TEST, "import '@holdfast/app';", "'@holdfast/app' points up"],
  ['a sideways one', LEFT, "import '@holdfast/right';", "'@holdfast/right' points sideways"],
  [
    'a type that does',
    LEFT,
    "import type { R } from '@holdfast/right';",
    "'@holdfast/right' points sideways",
  ],
  [
    'an inline type that does',
    LEFT,
    "export type R = import('@holdfast/right').R;",
    "'@holdfast/right' points sideways",
  ],
  [
    'a re-export that does',
    LEFT,
    "export { r } from '@holdfast/right';",
    "'@holdfast/right' points sideways",
  ],
  ['a late import that does', LEFT, "await import('@holdfast/right');", "'@holdfast/right' points sideways"],
  [
    'a package nobody declared',
    LEFT,
    "import 'undeclared/deep';",
    "'undeclared/deep' is not in the package.json of @holdfast/left",
  ],
  [
    'one of ours nobody declared',
    'packages/low/src/a.ts',
    "import '@holdfast/left';",
    "'@holdfast/left' is not in the package.json of @holdfast/low",
  ],
  [
    'a development dependency in shipping code',
    LEFT,
    "import 'fast-check';",
    "'fast-check' is not in the package.json of @holdfast/left",
  ],
  [
    'a builtin not listed',
    LEFT,
    "import 'node:net';",
    "'node:net' is no builtin @holdfast/left may use (tools/layers.ts)",
  ],
  ['a builtin without its prefix', LEFT, "import 'fs';", "'fs' is a builtin: write node: before it"],
  [
    'a relative path out of the package',
    LEFT,
    "import '../../low/src/index.ts';",
    "'../../low/src/index.ts' leaves the package: import it by name",
  ],
  [
    'one in a test',
    TEST,
    "import '../../low/src/index.ts';",
    "'../../low/src/index.ts' leaves the package: import it by name",
  ],
  [
    'a worker out of the package',
    LEFT,
    "new URL('../../low/src/w.ts', import.meta.url);",
    "'../../low/src/w.ts' leaves the package: import it by name",
  ],
  [
    'an inner path out of the package',
    LEFT,
    "import '#../../low/src/a.ts';",
    "'#../../low/src/a.ts' leaves the package: import it by name",
  ],
  [
    'a package by its own name',
    LEFT,
    "import '@holdfast/left';",
    "'@holdfast/left' is this very package: use #",
  ],
  [
    'testkit in shipping code',
    'apps/app/src/a.ts',
    "import '@holdfast/testkit';",
    "'@holdfast/testkit' is for test files only",
  ],
  [
    'testkit in a shared suite',
    SUITE,
    "import '@holdfast/testkit';",
    "'@holdfast/testkit' is for test files only",
  ],
  [
    'a shared suite in shipping code',
    LEFT,
    "import '#testing/a.ts';",
    "'#testing/a.ts' is for tests, and this file ships",
  ],
  [
    'a shared suite of another package',
    'apps/app/src/a.ts',
    "import '@holdfast/left/testing';",
    "'@holdfast/left/testing' is for tests, and this file ships",
  ],
  [
    'a test runner in shipping code',
    LEFT,
    "import 'node:test';",
    "'node:test' is no builtin @holdfast/left may use (tools/layers.ts)",
  ],
  [
    'code from an address',
    LEFT,
    "import 'https://example.org/a.ts';",
    "'https://example.org/a.ts' is no module of a package",
  ],
];

test('it refuses each way to break the map, naming the file and the import', async () => {
  for (const [what, file, source, complaint] of REFUSED) {
    deepEqual(await complaintsOn({ [file]: source }), [`${file}: ${complaint}`], what);
  }
});

test('it refuses packages the map does not know, and rows without a package', async () => {
  deepEqual(await complaintsOn({ 'packages/stray/package.json': manifest('stray', []) }), [
    'packages/stray/package.json: @holdfast/stray is not in tools/layers.ts',
  ]);
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'package.json'), '{}');
  deepEqual(checkLayers(folder.path, [{ '@holdfast/low': { builtins: [] } }]), [
    'tools/layers.ts: @holdfast/low has no folder',
  ]);
});

test('it refuses builtins that a row lists in vain', async () => {
  const inVain = ["tools/layers.ts: @holdfast/left may use 'fs' and does not"];
  deepEqual(await complaintsOn({ 'packages/left/src/files.ts': '' }), inVain);
  deepEqual(await complaintsOn({ 'packages/left/src/files.ts': '', [TEST]: "import 'node:fs';" }), inVain);
});

test('it is drawn in docs/architecture.md as it is', async () => {
  const page = await readFile(join(import.meta.dirname, '../../docs/architecture.md'), 'utf8');
  const drawn = [...page.matchAll(/^\| (\d) \| `(?:apps\/)?([a-z-]+)` \|/gm)].map(([, layer, name]) => [
    `@holdfast/${name}`,
    Number(layer),
  ]);
  const map = REAL_LAYERS.flatMap((layer, at) => Object.keys(layer).map((name) => [name, at]));
  deepEqual(drawn, map);
});

test('it says so when a file does not parse, and goes on', async () => {
  deepEqual(await complaintsOn({ [LEFT]: 'export const = 1;', [TEST]: "import 'undeclared';" }), [
    `${LEFT}: does not parse: Unexpected token`,
    `${TEST}: 'undeclared' is not in the package.json of @holdfast/left`,
  ]);
});

test('it accepts everything the map allows', async () => {
  const allowed = {
    'packages/low/src/index.ts': "// import 'node:fs'\nexport const example = `import '@holdfast/app'`;",
    [LEFT]:
      "import 'node:fs/promises'; import 'zod/mini'; import '@holdfast/low'; import './b.ts'; import '#b.ts';",
    'packages/left/src/deep/a.ts': "import '../b.ts';",
    [SUITE]:
      "import 'node:test'; import 'node:assert/strict'; import 'fast-check'; import '../b.ts'; import '#b.ts';",
    [TEST]:
      "import 'node:net'; import 'fast-check'; import '@holdfast/left'; import '@holdfast/testkit'; import '../src/b.ts';",
    'packages/testkit/src/index.ts': "import 'node:fs'; import '@holdfast/left/testing';",
    'apps/app/src/main.ts': "import 'node:net'; import '@holdfast/left'; import '@holdfast/right';",
    'packages/low/test/a.test.ts': "import '@holdfast/testkit';",
  };
  deepEqual(await complaintsOn(allowed), []);
});
