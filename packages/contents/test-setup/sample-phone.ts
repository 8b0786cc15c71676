import { contact, formatContacts } from '@holdfast/records';
import { lines, type MadeFolder } from './made-backup.ts';

/** A phone's backup with two of most things, numbers written in several ways, and a line that is no message. */
export const phone = async (): Promise<MadeFolder> => ({
  'holdfast.json': '{}',
  contacts: {
    'contacts.vcf': await textOf(
      formatContacts([
        contact({ name: { display: 'Ana Sé' }, phones: [{ value: '+351 910 000 001', type: 'mobile' }] }),
        contact({ name: { display: 'bela' }, emails: [{ value: 'Bela@example.org' }] }),
      ]),
    ),
  },
  calls: {
    'calls.ndjson': lines(
      { number: '910000001', date: '1700000000000', duration: '169', type: '2' },
      { number: '', date: '1700000500000', duration: '0', type: '3', presentation: '2' },
    ),
  },
  messages: {
    'messages.ndjson': `${lines(
      { address: '910000001', date: '1700000000000', type: '1', body: 'Olá <b>"x"' },
      { address: '+351910000001', date: '1700000100000', type: '2', body: 'Até já' },
      mms({ box: '1', from: '+351910000001', to: ['+351999'], text: 'for me alone', file: 'sea.jpg' }),
      mms({ box: '1', from: '+351910000001', to: ['+351999', '+351920000002'], text: 'for us' }),
      mms({ box: '2', to: ['+351910000001', '920000002'], text: 'from me' }),
    )}no record\n`,
    parts: { 'sea.jpg': 'sea' },
  },
  files: {
    internal: {
      DCIM: {
        Camera: {
          'IMG_20240612_235959.jpg': 'a',
          'PXL_20240612_225959123.mp4': 'b',
          'IMG-20240611-WA0001.jpg': 'c',
          'old.jpg': 'd',
        },
      },
      Download: { 'Ünï.pdf': 'e', '写真日記.txt': 'f', 'half\udcff.bin': 'g' },
    },
  },
});

/** Bytes as text. */
export const textOf = async (bytes: AsyncIterable<Uint8Array>): Promise<string> =>
  Buffer.concat(await Array.fromAsync(bytes)).toString();

function mms({
  box,
  from,
  to,
  text,
  file,
}: {
  box: string;
  from?: string;
  to: string[];
  text: string;
  file?: string;
}): object {
  return {
    date: '1700000200',
    msg_box: box,
    __sender_address: { address: from ?? 'insert-address-token', type: '137' },
    __recipient_addresses: to.map((address) => ({ address, type: '151' })),
    __parts: [
      { ct: 'text/plain', text },
      ...(file === undefined ? [] : [{ ct: 'image/jpeg', name: file, __file: `parts/${file}` }]),
    ],
  };
}
