import { withComment } from '#pictures.ts';
import { generatedContent } from '../../content.ts';
import { type PhoneFolder, phoneFile, phoneFolder } from '../../tree.ts';

/** How a JPEG of noise begins: a start, a frame of this size (ITU T.81, B.2.2), then what nobody can decode. */
const jpegHead = (width: number, height: number): Uint8Array =>
  Uint8Array.fromHex(
    `ffd8ffe000104a46494600010100000100010000ffc0000b08${hex4(height)}${hex4(width)}01011100`,
  );

const hex4 = (value: number): string => value.toString(16).padStart(4, '0');

/** How an MP4 of noise begins (ISO 14496-12, 4.3). */
const MP4_HEAD = Uint8Array.of(0, 0, 0, 16, ...new TextEncoder().encode('ftypisom'), 0, 0, 2, 0);

/** Photos that can be looked at, one every so often: each of the pictures again and again, no two files the same. */
function album(pictures: readonly Uint8Array[], count: number): PhoneFolder {
  const camera = phoneFolder();
  const last = Temporal.Instant.from('2026-03-14T09:20:11Z');
  for (let at = 0; at < count; at++) {
    // Some days have many, some none.
    const taken = last.subtract({ minutes: at * 7 + (at >> 3) * 2 * 24 * 60 });
    const name = `IMG_${taken.toString({ smallestUnit: 'second' }).replaceAll(/[-:Z]/g, '').replace('T', '_')}.jpg`;
    const content = withComment(pictures[at % pictures.length] ?? new Uint8Array(2), `photo ${at}`);
    camera.entries.set(name, phoneFile(content, { mtime: Math.floor(taken.epochMilliseconds / 1000) }));
  }
  return camera;
}

/** Photos and videos of noise, of any size. */
function noise(count: number, photoBytes: number, seed: number): PhoneFolder {
  const camera: PhoneFolder = phoneFolder();
  for (let at = 0; at < count; at++) {
    const isVideo = at % 10 === 9;
    const head = isVideo ? MP4_HEAD : jpegHead(4080, 3072);
    const bytes = photoBytes + ((at * 7919) % 4001);
    const name = `${isVideo ? 'VID' : 'IMG'}_2026${String(at).padStart(6, '0')}.${isVideo ? 'mp4' : 'jpg'}`;
    const facts = { mtime: 1_767_225_600 + at * 61 };
    camera.entries.set(name, phoneFile(generatedContent(seed * 1_000_003 + at, bytes, head), facts));
  }
  return camera;
}

/** What the camera made: `count` photos of these pictures; without pictures, noise of `photoBytes` each. */
interface SamplePhotos {
  readonly count: number;
  readonly photoBytes: number;
  readonly pictures?: readonly Uint8Array[] | undefined;
}

/** Shared storage as a person has it: photos, some videos, and a little of everything else. */
export function sampleStorage({ count, photoBytes, pictures }: SamplePhotos, seed: number): PhoneFolder {
  const camera = pictures === undefined ? noise(count, photoBytes, seed) : album(pictures, count);
  return phoneFolder({
    Alarms: phoneFolder(),
    Android: phoneFolder({
      data: phoneFolder({
        'org.example.tides': phoneFolder({ files: phoneFolder({ 'tides.db': phoneFile('tide') }) }),
      }),
      media: phoneFolder({
        'com.whatsapp': phoneFolder({
          'WhatsApp Images': phoneFolder({
            '.nomedia': phoneFile(''),
            'IMG-WA0001.jpg': phoneFile('shared'),
          }),
        }),
      }),
      obb: phoneFolder(),
    }),
    DCIM: phoneFolder({ Camera: camera, '.thumbnails': phoneFolder({ '1.jpg': phoneFile('small') }) }),
    Documents: phoneFolder({
      'Rent, 2026 = paid.pdf': phoneFile('%PDF-1.4\n%rent\n'),
      "It's a plan.txt": phoneFile('one\ntwo\n'),
    }),
    Download: phoneFolder({ 'empty.bin': phoneFile(''), 'ünïcode – 写真.txt': phoneFile('text') }),
    Movies: phoneFolder(),
    Music: phoneFolder({
      'Maré.mp3': phoneFile(generatedContent(seed + 77, 30_000, new TextEncoder().encode('ID3'))),
    }),
    Pictures: phoneFolder({ Screenshots: phoneFolder() }),
  });
}
