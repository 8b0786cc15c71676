import type { Banner } from './transport.ts';

/**
 * What a CNXN of a phone says: `device::ro.product.name=…;ro.product.model=…;ro.product.device=…;features=a,b`.
 *
 * Anything may be missing: that is then empty, and a phone without features is an old one.
 */
export function parseBanner(payload: Uint8Array): { banner: Banner; features: ReadonlySet<string> } {
  const text = new TextDecoder().decode(payload).replace(/\0+$/, '');
  const [state = '', , ...rest] = text.split(':');
  const properties = new Map(
    rest
      .join(':')
      .split(';')
      .map((pair): [string, string] => {
        const at = pair.indexOf('=');
        return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
      }),
  );
  const banner = {
    state,
    product: properties.get('ro.product.name') ?? '',
    model: properties.get('ro.product.model') ?? '',
    device: properties.get('ro.product.device') ?? '',
  };
  return { banner, features: parseFeatures(properties.get('features') ?? '') };
}

/** The features in a list separated by commas. */
export const parseFeatures = (text: string): ReadonlySet<string> =>
  new Set(text.split(',').filter((feature) => feature !== ''));
