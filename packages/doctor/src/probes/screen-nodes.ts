/** A thing on the screen. */
export interface ScreenNode {
  /** Without the package: `switchWidget`. */
  readonly id: string;
  readonly text: string;
  readonly description: string;
  readonly package: string;
  readonly isChecked: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return ENTITIES[name] ?? whole;
    const point = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });

/** The things in what `uiautomator dump` wrote, in their order; `undefined` for text that is none, or not all. */
export function screenNodes(xml: string): readonly ScreenNode[] | undefined {
  const text = xml.trimEnd();
  if (!/^(?:<\?xml[^>]*\?>\s*)?<hierarchy[ >]/.test(text) || !text.endsWith('</hierarchy>')) return undefined;
  return [...text.matchAll(/<node((?: [\w-]+="[^"]*")*) ?\/?>/g)].map(([, attributes = '']) => {
    const values = new Map(
      [...attributes.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
        key,
        unescaped(value),
      ]),
    );
    const id = values.get('resource-id') ?? '';
    return {
      id: id.slice(id.lastIndexOf('/') + 1),
      text: values.get('text') ?? '',
      description: values.get('content-desc') ?? '',
      package: values.get('package') ?? '',
      isChecked: values.get('checked') === 'true',
    };
  });
}
