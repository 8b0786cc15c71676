import { type Android, type PhoneFolder, phoneFile, phoneFolder } from '@holdfast/testkit/phone';

/** Words and numbers that stand nowhere but where they are put: no four of their letters or digits do. */
const LETTERS = 'qzvkjwyhqgxbfzqwvpkhjzgkqvwzbqjyxgvhkzwj';
const DIGITS = '8371958264739516827495138629471835692748';

/** Things that a person would not have told, each with another piece of the same letters and digits. */
class Canaries {
  #next = 0;

  /** A name: `Qzvkjwyh 83719582`. */
  name(): string {
    const at = this.#next++ % 30;
    const word = LETTERS.slice(at, at + 8);
    return `${word.charAt(0).toUpperCase()}${word.slice(1)} ${DIGITS.slice(at, at + 8)}`;
  }

  word(): string {
    return this.name().split(' ')[0] ?? '';
  }

  number(): number {
    return Number(this.name().split(' ')[1]);
  }
}

/** What of the canaries is in the text: runs of four letters or digits, in any case, and as bytes in hexadecimal. */
export function canariesIn(text: string): string[] {
  const haystack = text.toLowerCase();
  const pieces = [LETTERS, DIGITS].flatMap((all) =>
    Array.from({ length: all.length - 3 }, (_, at) => all.slice(at, at + 4)),
  );
  const hexOf = (piece: string): string => Buffer.from(piece).toString('hex');
  return pieces.filter(
    (piece) =>
      haystack.includes(piece) ||
      haystack.includes(hexOf(piece)) ||
      haystack.includes(hexOf(piece.toUpperCase())),
  );
}

/** Columns that say of what kind a row is, or that tie rows to each other: with anything else in them the phone would not work. */
const STRUCTURE = /^(?:mimetype|ct|ct_t|_data|path|account_type|allowedReminders|recipient_ids|rrule)$/;

/** Puts canaries into everything that a simulated phone remembers of its person. */
export function plant(android: Android): void {
  const canaries = new Canaries();
  const { database } = android;
  const tables = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .all();
  for (const { name: table } of tables) {
    for (const column of database.prepare(`PRAGMA table_info(${String(table)})`).all()) {
      const { name, type } = column as { name: string; type: string };
      if (type === 'TEXT' && !STRUCTURE.test(name)) {
        const text = canaries.name();
        // As it is, like a column, like a row, and like what SQLite says.
        const forged = `${text}, ${canaries.word()}=${canaries.number()}\nRow: 1 _id=${canaries.number()}, body=${text} no such column: ${canaries.word()}`;
        database.prepare(`UPDATE ${String(table)} SET ${name} = ?`).run(forged);
      }
      if (type === 'INTEGER' && /^(?:date|date_sent|duration|last_modified|dtstart|lastDate)$/.test(name))
        database.prepare(`UPDATE ${String(table)} SET ${name} = ?`).run(BigInt(canaries.number()));
    }
  }
  const { properties, settings, accounts, savedNetworks } = android;
  for (const name of [
    'ro.serialno',
    'ro.boot.serialno',
    'gsm.operator.alpha',
    'persist.sys.timezone',
    'persist.sys.locale',
  ])
    properties.set(name, canaries.word());
  properties.set(`persist.${canaries.word()}`, `${canaries.name()}\n${canaries.name()}`);
  properties.set('ro.build.user', canaries.word());
  properties.set('ro.build.host', canaries.word());
  properties.set('ro.product.serialno', String(canaries.number()));
  for (const table of Object.values(settings)) {
    for (const name of table.keys()) table.set(name, `${canaries.name()}\nadb_enabled=${canaries.number()}`);
    table.set(`bluetooth_priority_${canaries.word()}`, canaries.name());
  }
  accounts.push({ name: `${canaries.word()}@${canaries.word()}.org`, type: 'com.google' });
  savedNetworks.push({ id: 9, ssid: `${canaries.name()} "${canaries.word()}`, security: 'wpa2-psk' });
  android.activeNetwork = { transport: 'WIFI', ssid: canaries.name(), isMetered: false, isValidated: true };
}

/** Storage in which every name and content is one. */
export function plantedStorage(): PhoneFolder {
  const canaries = new Canaries();
  const file = () => phoneFile(canaries.name());
  return phoneFolder({
    DCIM: phoneFolder({
      Camera: phoneFolder({ [`IMG_${canaries.number()}.jpg`]: file(), [`${canaries.name()}.mp4`]: file() }),
    }),
    [canaries.name()]: phoneFolder({ [canaries.name()]: file(), [`.${canaries.word()}`]: file() }),
    Android: phoneFolder({
      data: phoneFolder({ [`org.${canaries.word()}.app`]: phoneFolder({ a: file() }) }),
    }),
  });
}
