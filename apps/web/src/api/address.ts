import { BYTE_ROUTES, type OperationName, ROUTES } from '@holdfast/contract';

/** Names of the `:name` parts of a path. */
export type ParamsOf<Path extends string> = Path extends `${string}/:${infer Name}/${infer Rest}`
  ? Name | ParamsOf<`/${Rest}`>
  : Path extends `${string}/:${infer Name}`
    ? Name
    : never;

/** What fills the parts of an address. */
export type Filling = Readonly<Record<string, string | number>>;

/** What follows the `?`; what is `undefined` is left out. */
export type QueryValues = Readonly<Record<string, unknown>>;

/** The method of an operation, and its address with everything filled in. */
export function addressOf(
  name: OperationName,
  params: Filling = {},
  query: QueryValues = {},
): { method: string; address: string } {
  const [method = 'GET', path = ''] = ROUTES[name].split(' ');
  return { method, address: fill(path, params) + queryText(query) };
}

/** An address of bytes: a picture, a file, a download. */
export function bytesAddress<N extends keyof typeof BYTE_ROUTES>(
  name: N,
  params: Readonly<Record<ParamsOf<(typeof BYTE_ROUTES)[N]>, string | number>>,
): string {
  return fill(BYTE_ROUTES[name], params);
}

function fill(path: string, params: Filling): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encode(String(params[name] ?? '')));
}

function queryText(query: QueryValues): string {
  const parts = Object.entries(query).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [`${name}=${encode(String(value))}`]
      : [],
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** Lone surrogates stand for bytes that are no text, and cannot be in an address. */
const encode = (text: string): string => encodeURIComponent(text.toWellFormed());
