/** What one package may use besides what its `package.json` declares. */
interface LayerRow {
  /** `node:` builtins its shipping code may import, and does, by first word (`fs` stands for `fs/promises` too). `any`: all of them. */
  readonly builtins: readonly string[] | 'any';
}

/** The packages of one layer, by name. */
export type Layer = Readonly<Record<string, LayerRow>>;

/**
 * The map: lowest layer first. A package imports from layers before its own, never from its own or a later one.
 *
 * Read by `tools/check-layers.ts`; explained in docs/architecture.md.
 */
export const LAYERS: readonly Layer[] = [
  {
    '@holdfast/contract': { builtins: [] },
  },
  {
    '@holdfast/kernel': { builtins: [] },
    // Of our own packages a browser gets the contract alone.
    '@holdfast/web': { builtins: [] },
  },
  {
    '@holdfast/adb': { builtins: ['crypto', 'dgram', 'net', 'os', 'tls'] },
    '@holdfast/local-files': { builtins: ['crypto', 'fs'] },
    '@holdfast/media': { builtins: ['child_process', 'fs', 'module', 'path', 'worker_threads'] },
    '@holdfast/records': { builtins: ['crypto'] },
    '@holdfast/restic-format': { builtins: ['crypto', 'zlib'] },
    '@holdfast/store': { builtins: ['fs', 'path'] },
  },
  {
    '@holdfast/catalog': { builtins: ['fs', 'sqlite'] },
    '@holdfast/repository': { builtins: ['crypto', 'fs', 'module', 'os', 'v8', 'vm', 'worker_threads'] },
  },
  {
    '@holdfast/devices': { builtins: ['crypto', 'fs', 'module', 'path', 'worker_threads'] },
  },
  {
    '@holdfast/engine': { builtins: ['crypto'] },
  },
  {
    '@holdfast/doctor': { builtins: [] },
    '@holdfast/contents': { builtins: ['fs', 'path', 'sqlite'] },
    '@holdfast/home': { builtins: ['fs', 'path'] },
  },
  {
    '@holdfast/server': { builtins: 'any' },
  },
  {
    '@holdfast/cli': { builtins: 'any' },
  },
];

/** Packages for test files only: they may import every layer, and no shipping code may import them. */
export const TEST_ONLY: readonly string[] = ['@holdfast/testkit'];
