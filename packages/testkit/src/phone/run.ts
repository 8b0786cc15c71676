import { parseArgs } from 'node:util';
import { landscapes } from '#pictures.ts';
import { copyFolder } from './copy-folder.ts';
import { startPhone } from './phone.ts';
import {
  PROVOCABLE,
  phoneOptions,
  provoke,
  type Release,
  samplePhone,
  type Vendor,
} from './userland/index.ts';

const HELP = `Starts a simulated phone on this computer, until Ctrl-C.

  npm run phone -- --release 14 --vendor samsung --files FOLDER

  --release 9|10|12|14|16         version of Android (14)
  --vendor aosp|samsung|xiaomi    whose Android (aosp)
  --files FOLDER                  its shared storage: a folder of this computer
  --count N                       without --files: so many photos (200)
  --messages N, --contacts N, --calls N, --events N, --apps N
  --port N                        (a free one, 5555 if it is)
  --serial WORD                   by which it is known (the same for the same port)
  --name TEXT                     what its person calls it (its model)
  --locale WORD                   language of its screens, as de-DE (pt-PT)
  --complaint CODE                what keeps Google Photos from backing up, as the doctor calls it; may be repeated;
                                  one there is not lists them all
  --ask                           the person has to allow this computer, and does
`;

/** Different ones among its photos. */
const PICTURES = 60;

const RELEASES: readonly Release[] = [9, 10, 12, 14, 16];
const VENDORS: readonly Vendor[] = ['aosp', 'samsung', 'xiaomi'];

function optionsIn(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  return parseArgs({
    args: [...argv],
    options: {
      release: text,
      vendor: text,
      files: text,
      count: text,
      messages: text,
      contacts: text,
      calls: text,
      events: text,
      apps: text,
      port: text,
      serial: text,
      name: text,
      locale: text,
      complaint: { type: 'string', multiple: true },
      ask: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  }).values;
}

async function main(argv: readonly string[]): Promise<number> {
  let values: ReturnType<typeof optionsIn>;
  try {
    values = optionsIn(argv);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const release = RELEASES.find((each) => String(each) === (values.release ?? '14'));
  const vendor = VENDORS.find((each) => each === (values.vendor ?? 'aosp'));
  if (release === undefined || vendor === undefined) {
    const what = release === undefined ? `Android ${values.release}` : `phone of ${values.vendor}`;
    process.stderr.write(`There is no simulated ${what}.\n\n${HELP}`);
    return 2;
  }
  const android = samplePhone({
    release,
    vendor,
    photos: number(values.count, 200),
    ...(values.files === undefined ? { pictures: await landscapes(PICTURES) } : {}),
    messages: number(values.messages, 200),
    multimedia: 10,
    contacts: number(values.contacts, 40),
    calls: number(values.calls, 60),
    events: number(values.events, 20),
    apps: number(values.apps, 5),
    ...(values.files === undefined ? {} : { storage: await copyFolder(values.files) }),
    serial: values.serial ?? `SIM${values.port ?? ''}HOLDFAST`,
    ...(values.locale === undefined ? {} : { locale: values.locale }),
    now: () => Date.now(),
  });
  if (values.name !== undefined) android.settings.global.set('device_name', values.name);
  for (const code of values.complaint ?? []) {
    if (PROVOCABLE.includes(code) && provoke(android, code)) continue;
    process.stderr.write(
      `No phone with Android ${release} has ${code}. There are: ${PROVOCABLE.join(', ')}.\n`,
    );
    return 2;
  }
  const options = {
    ...phoneOptions(android),
    ...(values.ask === true ? { prompt: 'accepts' as const } : {}),
  };
  const port = number(values.port, 5555);
  const phone = await startPhone({ ...options, port }).catch((error: unknown) => {
    if (values.port === undefined) return startPhone(options);
    process.stderr.write(
      `No phone can be at port ${values.port}: ${error instanceof Error ? error.message : String(error)}\nName another, or none for a free one.\n`,
    );
    return undefined;
  });
  if (phone === undefined) return 1;
  await using _ = phone;
  const address = `${phone.host}:${phone.port}`;
  process.stdout.write(
    `A simulated ${android.model} with Android ${release} is at ${address}.\n\n  HOLDFAST_PHONES=${address} holdfast devices\n  adb connect ${address}\n\nCtrl-C ends it.\n`,
  );
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  return 0;
}

function number(text: string | undefined, otherwise: number): number {
  return text === undefined ? otherwise : Number(text);
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
