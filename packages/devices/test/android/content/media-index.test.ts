import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { mediaIndexOf } from '@holdfast/devices/android';
import { phoneFile, phoneFolder, type Release } from '@holdfast/testkit/phone';
import { samplePhoneWith } from '../../../test-setup/sample-phones.ts';

const CAMERA = '/storage/emulated/0/DCIM/Camera';

const storage = phoneFolder({
  DCIM: phoneFolder({
    Camera: phoneFolder({
      'a, width=1.jpg': phoneFile('one'),
      'line\nRow: 1 _id=9.jpg': phoneFile(''),
      'b.mp4': phoneFile('film'),
    }),
  }),
});

for (const release of [12, 14, 16] as const satisfies readonly Release[]) {
  test(`it gives photos and videos with any name on Android ${release}`, async () => {
    await using phone = await samplePhoneWith({ release, storage });
    const rows = await Array.fromAsync(mediaIndexOf(phone.phone));
    deepEqual(
      rows.map(({ kind, path, sizeBytes }) => [kind, path.slice(CAMERA.length + 1), sizeBytes]),
      [
        ['photo', 'a, width=1.jpg', 3],
        ['photo', 'line\nRow: 1 _id=9.jpg', 0],
        ['video', 'b.mp4', 4],
      ],
    );
    equal(rows[0]?.isPending, false);
    equal(rows[0]?.mimeType, 'image/jpeg');
  });
}

test('it gives paths alone', async () => {
  await using phone = await samplePhoneWith({ storage });
  const [row] = await Array.fromAsync(mediaIndexOf(phone.phone, { columns: 'paths' }));
  deepEqual(row, { kind: 'photo', path: `${CAMERA}/a, width=1.jpg` });
});
