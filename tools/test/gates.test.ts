import { equal, match, notEqual } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { suite, test } from 'node:test';
import { type TemporaryFolder, temporaryFolder } from '@holdfast/testkit';
import { LAYERS } from '../layers.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The real configuration, which the gates are tried with. */
const COPIED = [
  'package.json',
  'tsconfig.json',
  'apps/web/tsconfig.json',
  'biome.json',
  '.oxlintrc.json',
  'knip.json',
  '.gitignore',
  'tools/layers.ts',
  'tools/check-layers.ts',
  'tools/compile-cache.js',
  'tools/source-imports.ts',
];

type Files = Readonly<Record<string, string>>;

const MAIN_OF_CLI = "import { double } from '@holdfast/kernel';\n\nprocess.exitCode = double(0);\n";

/** A small tree in which nothing is wrong. */
const HARMLESS: Files = {
  'packages/kernel/src/double.ts': 'export const double = (n: number): number => n * 2;\n',
  'packages/kernel/src/index.ts': "export { double } from './double.ts';\n",
  'packages/kernel/test/double.test.ts': `import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { double } from '@holdfast/kernel';
import fc from 'fast-check';

test('it doubles', () => {
  fc.assert(fc.property(fc.integer(), (n) => equal(double(n), n + n)));
});
`,
  'apps/cli/bin/holdfast.js': "await import('../src/main.ts');\n",
  'apps/cli/src/main.ts': MAIN_OF_CLI,
  'tools/test/harmless.test.ts':
    "import { test } from 'node:test';\nimport 'playwright-core';\nimport 'sharp';\n\ntest('it passes', () => {});\n",
};

/** What is seeded, and what the gate must say of it: one file, one violation. */
type Seed = readonly [what: string, file: string, source: string, refusal: RegExp];

const seed = (name: string): string => `packages/kernel/src/${name}.ts`;

const SEEDS: Readonly<Record<string, readonly Seed[]>> = {
  'check:format': [
    ['bad spacing', seed('spacing'), 'export const  a=1\n', /spacing\.ts format/],
    ['double quotes', seed('quotes'), 'export const a = "x";\n', /quotes\.ts format/],
    ['a line too long', seed('long'), `export const a = [${'1000, '.repeat(20)}1];\n`, /long\.ts format/],
    [
      'imports out of order',
      seed('order'),
      "import './b.ts';\nimport { y } from './y.ts';\nimport { x } from './x.ts';\n\nexport const a = x + y;\n",
      /order\.ts:\d+:\d+ assist\/source\/organizeImports/,
    ],
  ],
  'check:lint': [
    [
      'a floating promise',
      seed('floating'),
      'Promise.resolve(1);\n',
      /no-floating-promises[\s\S]{1,200}floating\.ts/,
    ],
    [
      'a floating promise of a dependency',
      seed('dependency'),
      "import { rm } from 'node:fs/promises';\n\nrm('x');\n",
      /no-floating-promises[\s\S]{1,200}dependency\.ts/,
    ],
    [
      'a property nobody awaits',
      'packages/kernel/test/property.test.ts',
      "import fc from 'fast-check';\n\nfc.assert(fc.asyncProperty(fc.nat(), async () => true));\n",
      /no-floating-promises[\s\S]{1,200}property\.test\.ts/,
    ],
    [
      'an async listener',
      seed('listener'),
      "import { once, EventEmitter } from 'node:events';\n\nnew EventEmitter().on('x', async () => once(new EventEmitter(), 'y'));\n",
      /no-misused-promises[\s\S]{1,200}listener\.ts/,
    ],
    [
      'an await of nothing',
      seed('await'),
      'export const a = await 1;\n',
      /await-thenable[\s\S]{1,200}await\.ts/,
    ],
    ['a string thrown', seed('throw'), "throw 'gone';\n", /only-throw-error[\s\S]{1,200}throw\.ts/],
    [
      'a case forgotten',
      seed('case'),
      "export function name(n: 'one' | 'two'): string {\n  switch (n) {\n    case 'one':\n      return '1';\n  }\n  return '';\n}\n",
      /switch-exhaustiveness-check[\s\S]{1,200}case\.ts/,
    ],
    ['any', seed('any'), 'export const a: any = 1;\n', /no-explicit-any[\s\S]{1,200}any\.ts/],
    ['console', seed('console'), "console.log('x');\n", /no-console[\s\S]{1,200}console\.ts/],
    [
      'a file over 400 lines',
      seed('lines'),
      'export {};\n'.padEnd(411, '\n') + '//\n',
      /max-lines[\s\S]{1,200}lines\.ts/,
    ],
    [
      'a cycle',
      seed('cycle'),
      "import { b } from './cycle-b.ts';\n\nexport const a = (): unknown => b;\n",
      /no-cycle[\s\S]{1,200}cycle(-b)?\.ts/,
    ],
    [
      '(its other half)',
      seed('cycle-b'),
      "import { a } from './cycle.ts';\n\nexport const b = (): unknown => a;\n",
      /no-cycle[\s\S]{1,200}cycle(-b)?\.ts/,
    ],
  ],
  'check:types': [
    ['a wrong type', seed('wrong'), "export const a: number = 'x';\n", /wrong\.ts\(.*TS2322/],
    [
      'an element that may be missing',
      seed('index'),
      'export const a = (n: number[]): number => n[0];\n',
      /index\.ts\(.*TS2322/,
    ],
    [
      'undefined for an optional property',
      seed('optional'),
      'export const a: { b?: number } = { b: undefined };\n',
      /optional\.ts\(.*TS2375/,
    ],
    ['an enum', seed('enum'), 'export enum A {\n  B,\n}\n', /enum\.ts\(.*TS1294/],
    [
      'a type imported as a value',
      seed('type'),
      "import { RmOptions } from 'node:fs';\n\nexport type A = RmOptions;\n",
      /type\.ts\(.*TS1484/,
    ],
    [
      'an import past the exports',
      'apps/cli/src/past.ts',
      "import '@holdfast/kernel/src/double.ts';\n",
      /past\.ts\(.*TS2307|past\.ts\(.*TS2882/,
    ],
  ],
  'check:layers': [
    [
      'a builtin listed in vain',
      'packages/local-files/src/index.ts',
      'export {};\n',
      /@holdfast\/local-files may use 'fs' and does not/,
    ],
    [
      'an import that points up',
      seed('up'),
      "import '@holdfast/cli';\n",
      /up\.ts: '@holdfast\/cli' points up/,
    ],
    [
      'a sideways one',
      'packages/store/src/a.ts',
      "import '@holdfast/records';\n",
      /store\/src\/a\.ts: .* points sideways/,
    ],
    [
      '(its declaration)',
      'packages/kernel/package.json',
      manifest('@holdfast/kernel', { '@holdfast/cli': '0.1.0' }),
      /points up/,
    ],
    [
      '(its declaration)',
      'packages/store/package.json',
      manifest('@holdfast/store', { '@holdfast/records': '0.1.0' }),
      /points sideways/,
    ],
    ['a builtin not listed', seed('builtin'), "import 'node:fs';\n", /builtin\.ts: 'node:fs' is no builtin/],
    [
      'an undeclared dependency',
      seed('undeclared'),
      "import 'zod';\n",
      /undeclared\.ts: 'zod' is not in the package\.json/,
    ],
    ['a way out', seed('out'), "import '../../contract/src/index.ts';\n", /out\.ts: .* leaves the package/],
  ],
  'check:unused': [
    ['an unused file', seed('unused'), 'export const a = 1;\n', /Unused files[\s\S]*kernel\/src\/unused\.ts/],
    [
      'an unused export',
      'packages/kernel/src/double.ts',
      'export const double = (n: number): number => n * 2;\nexport const triple = 3;\n',
      /Unused exports[\s\S]*triple/,
    ],
    [
      'an unused dependency',
      'packages/store/package.json',
      manifest('@holdfast/store', { zod: '^4.0.0' }),
      /Unused dependencies[\s\S]*zod +packages\/store\/package\.json/,
    ],
    [
      'an undeclared one',
      'apps/cli/src/main.ts',
      `import 'picomatch';\n${MAIN_OF_CLI}`,
      /Unlisted dependencies[\s\S]*picomatch +apps\/cli/,
    ],
  ],
  'check:tests': [
    [
      'a test that fails',
      'packages/kernel/test/failing.test.ts',
      "import { test } from 'node:test';\n\ntest('it fails', () => {\n  throw new Error('as it should');\n});\n",
      /fail 1\b/,
    ],
  ],
};

for (const [script, seeds] of Object.entries(SEEDS)) {
  suite(script, () => {
    test('it lets the harmless pass', async () => {
      await using tree = await treeOf({});
      const { status, output } = await run(script, tree.path);
      equal(status, 0, output);
    });

    test('it refuses each seeded violation', async () => {
      await using tree = await treeOf(Object.fromEntries(seeds.map(([, file, source]) => [file, source])));
      const { status, output } = await run(script, tree.path);
      notEqual(status, 0);
      for (const [what, , , refusal] of seeds) match(output, refusal, what);
    });
  });
}

function manifest(name: string, dependencies: Files = {}): string {
  const exports = { '.': './src/index.ts' };
  return `${JSON.stringify({ name, version: '0.1.0', type: 'module', exports, dependencies }, undefined, 2)}\n`;
}

/** What the small tree's packages depend on. */
const NEEDED: Readonly<Record<string, Files>> = {
  '@holdfast/cli': { '@holdfast/kernel': '0.1.0' },
  '@holdfast/web': { vite: '^8.0.0' },
};

const APPS = ['@holdfast/cli', '@holdfast/server', '@holdfast/web'];

async function treeOf(seeds: Files): Promise<TemporaryFolder> {
  const tree = await temporaryFolder();
  for (const file of COPIED) await cp(join(ROOT, file), join(tree.path, file));
  await mkdir(join(tree.path, 'node_modules/@holdfast'), { recursive: true });
  for (const name of await readdir(join(ROOT, 'node_modules'))) {
    if (name === '@holdfast') continue;
    await symlink(join(ROOT, 'node_modules', name), join(tree.path, 'node_modules', name));
  }
  const files: Record<string, string> = { ...HARMLESS };
  for (const [name, { builtins }] of LAYERS.flatMap((layer) => Object.entries(layer))) {
    const folder = `${APPS.includes(name) ? 'apps' : 'packages'}/${name.slice('@holdfast/'.length)}`;
    const imports = builtins === 'any' ? [] : builtins.map((word) => `import 'node:${word}';\n`);
    files[`${folder}/src/index.ts`] ??= imports.join('') || 'export {};\n';
    files[`${folder}/package.json`] = manifest(name, NEEDED[name]);
    await symlink(join(tree.path, folder), join(tree.path, 'node_modules', name));
  }
  for (const [file, source] of Object.entries({ ...files, ...seeds })) {
    await mkdir(dirname(join(tree.path, file)), { recursive: true });
    await writeFile(join(tree.path, file), source);
  }
  return tree;
}

/** Runs a script of the real package.json, as npm would, in another tree. */
async function run(script: string, cwd: string): Promise<{ status: number | null; output: string }> {
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const { NODE_TEST_CONTEXT: _context, ...inherited } = process.env;
  const env = {
    ...inherited,
    NO_COLOR: '1',
    PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH']}`,
  };
  const child = spawn('sh', ['-c', `(${scripts[script]}) 2>&1`], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, status] = await Promise.all([
    text(child.stdout),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  return { status, output };
}
