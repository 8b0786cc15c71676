import { crc32 } from 'node:zlib';
import { concatBytes } from '@holdfast/kernel';
import { generatedContent } from '../../../content.ts';

/** What a simulated phone reads in an APK. */
export interface ApkFacts {
  readonly package: string;
  readonly versionCode: number;
  readonly versionName: string;
  /** Name of the split; none for the base. */
  readonly split?: string;
  /** Of a base that does not run without its splits. */
  readonly needsSplits?: boolean;
  /** Who signed it. */
  readonly signer?: string;
}

const MANIFEST = 'AndroidManifest.xml';

/**
 * A ZIP file with a manifest and code that is noise. The manifest is not Android's binary XML but JSON, which a simulated
 * phone reads when it installs; a real phone would refuse it.
 */
export function makeApk(facts: ApkFacts, codeBytes: number, seed: number): Uint8Array {
  const code = generatedContent(seed, codeBytes).read(0, codeBytes);
  return zipOf([
    [MANIFEST, new TextEncoder().encode(JSON.stringify(facts))],
    ['classes.dex', code],
  ]);
}

/** What an APK says of itself; `undefined` for anything else. */
export function readApk(bytes: Uint8Array): ApkFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 30 || view.getUint32(0, true) !== 0x04034b50) return undefined;
  const start = 30 + view.getUint16(26, true) + view.getUint16(28, true);
  const text = new TextDecoder().decode(bytes.subarray(start, start + view.getUint32(18, true)));
  try {
    return JSON.parse(text) as ApkFacts;
  } catch {
    return undefined;
  }
}

/** A ZIP file with these files, stored as they are (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16). */
function zipOf(files: readonly (readonly [name: string, content: Uint8Array])[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let at = 0;
  for (const [name, content] of files) {
    const nameBytes = new TextEncoder().encode(name);
    // Versions, flags, method, time and date are as nothing: 10, 0, stored, 1980-01-01.
    const common = fields([
      [2, 10],
      [2, 0],
      [2, 0],
      [2, 0],
      [2, 0x21],
      [4, crc32(content)],
      [4, content.length],
      [4, content.length],
      [2, nameBytes.length],
      [2, 0],
    ]);
    const entry = concatBytes([fields([[4, 0x04034b50]]), common, nameBytes, content]);
    const place = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, at],
    ] as const;
    central.push(
      fields([
        [4, 0x02014b50],
        [2, 10],
      ]),
      common,
      fields(place),
      nameBytes,
    );
    parts.push(entry);
    at += entry.length;
  }
  const list = concatBytes(central);
  const count = files.length;
  const end = [
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, list.length],
    [4, at],
    [2, 0],
  ] as const;
  return concatBytes([...parts, list, fields(end)]);
}

/** Little-endian numbers of two or four bytes. */
function fields(values: readonly (readonly [bytes: 2 | 4, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(values.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of values) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}
