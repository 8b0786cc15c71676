import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { LAYERS, type Layer, TEST_ONLY } from './layers.ts';
import { sourceImports } from './source-imports.ts';

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** `ships`: runs for a person. `suite`: shared tests behind the `./testing` door. `test`: files under test/, and testkit. */
type Part = 'ships' | 'suite' | 'test';

/** What a file's imports are judged by. */
interface Place {
  readonly folder: string;
  readonly file: string;
  readonly part: Part;
  readonly manifest: Manifest;
  readonly layers: readonly Layer[];
  readonly declared: ReadonlySet<string>;
}

/**
 * Everything that breaks the map, a sentence each: imports that point up or sideways, that are not declared, that leave
 * their package or pass by its `exports`, builtins not listed or listed in vain, tests in shipping code, packages missing
 * from the map.
 */
export function checkLayers(root: string, layers: readonly Layer[] = LAYERS): string[] {
  const complaints: string[] = [];
  const rootManifest = readManifest(root);
  const unseen = new Set(layers.flatMap((layer) => Object.keys(layer)));
  for (const manifestPath of globSync('{packages,apps}/*/package.json', { cwd: root }).toSorted()) {
    const folder = join(root, dirname(manifestPath));
    const manifest = readManifest(folder);
    if (layerOf(manifest.name, layers) === undefined) {
      complaints.push(`${manifestPath}: ${manifest.name} is not in tools/layers.ts`);
      continue;
    }
    unseen.delete(manifest.name);
    const unused = new Set(builtinsOf(manifest.name, layers) ?? []);
    for (const file of globSync('{src,test,test-setup,bin,bench}/**/*.{js,ts,tsx}', {
      cwd: folder,
    }).toSorted()) {
      const part = TEST_ONLY.includes(manifest.name) ? 'test' : partOf(file);
      const declared = declaredIn(manifest, part === 'ships' ? undefined : rootManifest);
      const place: Place = { folder, file: join(folder, file), part, manifest, layers, declared };
      const names = sourceImports(place.file);
      const wrong = 'error' in names ? [`does not parse: ${names.error}`] : complaintsOn(names, place);
      for (const complaint of wrong) complaints.push(`${relative(root, place.file)}: ${complaint}`);
      if (!('error' in names) && part === 'ships') for (const name of names) unused.delete(builtinWord(name));
    }
    for (const word of unused)
      complaints.push(`tools/layers.ts: ${manifest.name} may use '${word}' and does not`);
  }
  for (const name of unseen) complaints.push(`tools/layers.ts: ${name} has no folder`);
  return complaints;
}

function complaintsOn(names: readonly string[], place: Place): string[] {
  return [...new Set(names)].flatMap((name) => {
    const complaint = judge(name, place);
    return complaint === undefined ? [] : [`'${name}' ${complaint}`];
  });
}

function judge(name: string, place: Place): string | undefined {
  if (name.startsWith('.')) return judgeInner(resolve(dirname(place.file), name), place);
  if (name.startsWith('#')) return judgeInner(join(place.folder, 'src', name.slice(1)), place);
  if (isBuiltin(name)) return judgeBuiltin(name, place);
  if (!URL.canParse(name)) return judgePackage(name, place);
  return 'is no module of a package';
}

function judgeInner(target: string, { folder, part }: Place): string | undefined {
  const inner = relative(folder, target);
  if (inner.startsWith('..')) return 'leaves the package: import it by name';
  if (part === 'ships' && partOf(inner) !== 'ships') return 'is for tests, and this file ships';
  return undefined;
}

function judgeBuiltin(name: string, { part, manifest, layers }: Place): string | undefined {
  if (!name.startsWith('node:')) return 'is a builtin: write node: before it';
  if (part !== 'ships') return undefined;
  if (builtinsOf(manifest.name, layers)?.includes(builtinWord(name)) !== false) return undefined;
  return `is no builtin ${manifest.name} may use (tools/layers.ts)`;
}

function judgePackage(name: string, { part, manifest, layers, declared }: Place): string | undefined {
  const [packageName, door] = splitName(name);
  if (packageName === manifest.name) return part === 'ships' ? 'is this very package: use #' : undefined;
  if (!declared.has(packageName)) return `is not in the package.json of ${manifest.name}`;
  if (!packageName.startsWith('@holdfast/')) return undefined;
  const target = layerOf(packageName, layers);
  if (target === undefined) return 'is not in tools/layers.ts';
  if (TEST_ONLY.includes(packageName)) return part === 'test' ? undefined : 'is for test files only';
  if (door === 'testing' && part === 'ships') return 'is for tests, and this file ships';
  const own = layerOf(manifest.name, layers) ?? 0;
  if (target > own) return 'points up';
  return target === own ? 'points sideways' : undefined;
}

/** What a package's row lists; `undefined` where it may use any. */
function builtinsOf(name: string, layers: readonly Layer[]): readonly string[] | undefined {
  const builtins = layers.map((layer) => layer[name]).find((row) => row !== undefined)?.builtins;
  return builtins === 'any' ? undefined : builtins;
}

/** `node:fs/promises` counts as `fs`. */
const builtinWord = (name: string): string => name.replace(/^node:/, '').split('/')[0] ?? '';

function layerOf(name: string, layers: readonly Layer[]): number | undefined {
  if (TEST_ONLY.includes(name)) return layers.length;
  const found = layers.findIndex((layer) => name in layer);
  return found === -1 ? undefined : found;
}

function partOf(file: string): Part {
  if (/^(test|test-setup|bench)\//.test(file)) return 'test';
  return file.startsWith('src/testing/') ? 'suite' : 'ships';
}

/** `@holdfast/store/testing` is `@holdfast/store` by its door `testing`. */
function splitName(name: string): [packageName: string, door: string] {
  const parts = name.split('/');
  const length = name.startsWith('@') ? 2 : 1;
  return [parts.slice(0, length).join('/'), parts.slice(length).join('/')];
}

/** Shipping code counts on its package's `dependencies` alone; tests also on development ones, the workspace's included. */
function declaredIn({ dependencies, devDependencies }: Manifest, root: Manifest | undefined): Set<string> {
  const forTests = root === undefined ? {} : { ...devDependencies, ...root.devDependencies };
  return new Set(Object.keys({ ...dependencies, ...forTests }));
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

if (import.meta.main) {
  const complaints = checkLayers(join(import.meta.dirname, '..'));
  for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
  process.stdout.write(complaints.length === 0 ? 'Layers hold.\n' : '');
  process.exitCode = complaints.length === 0 ? 0 : 1;
}
