import { isIP } from 'node:net';

/** Who may be meant by the `Host` of a request. */
export interface Served {
  /** Other computers of the network may come in. */
  readonly isNetwork: boolean;
  /** Names of this computer, in lower case. */
  readonly names: readonly string[];
}

/** Headers that say where a request comes from. */
export interface WhereFrom {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly 'sec-fetch-site'?: string | string[] | undefined;
}

/**
 * True for a `Host` that is ours. A page of somebody else whose name suddenly leads to this computer (DNS rebinding) has a name that is
 * not; an address as a number cannot be rebound.
 */
export function isOurHost(host: string | undefined, { isNetwork, names }: Served): boolean {
  const name = hostName(host);
  if (name === undefined) return false;
  if (isLoopbackName(name)) return true;
  return isNetwork && (isIP(name) !== 0 || names.includes(name));
}

/** True for names and addresses that lead to the computer itself. */
export function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** True when a request comes from a page of ours, from an address that was typed in, or from no browser at all. */
export function isFromOurselves(headers: WhereFrom): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin, host } = headers;
  if (origin === undefined) return true;
  return (
    URL.canParse(origin) && /^https?:$/.test(new URL(origin).protocol) && sameHost(new URL(origin), host)
  );
}

function sameHost(origin: URL, host: string | undefined): boolean {
  const address = `${origin.protocol}//${host}`;
  return host !== undefined && URL.canParse(address) && new URL(address).host === origin.host;
}

/** The name in a `Host` header, without its port and brackets. */
function hostName(host: string | undefined): string | undefined {
  const [, name] = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+?)\.?(?::\d{1,5})?$/i.exec(host ?? '') ?? [];
  return name?.replace(/^\[|\]$/g, '').toLowerCase();
}
