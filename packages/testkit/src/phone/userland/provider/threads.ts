import type { Android } from '../android.ts';
import { illegalArgument } from '../java.ts';
import { prepared } from './prepared.ts';
import type { Provider } from './provider.ts';
import { ask, insertRow, refuseSelect } from './query.ts';

/** The conversation with these people, begun if there is none. */
export function threadOf(android: Android, recipients: readonly string[]): number {
  const ids = [...new Set(recipients)]
    .map((address) => addressId(android, address))
    .toSorted((a, b) => a - b);
  const key = ids.join(' ');
  const found = prepared(android.database, 'SELECT _id FROM threads WHERE recipient_ids = ?').get(key);
  if (found !== undefined) return Number(found['_id']);
  return insertRow(
    android,
    'threads',
    new Map<string, string | number>([
      ['recipient_ids', key],
      ['date', android.now()],
    ]),
  );
}

function addressId(android: Android, address: string): number {
  const found = prepared(android.database, 'SELECT _id FROM canonical_addresses WHERE address = ?').get(
    address,
  );
  return found === undefined
    ? insertRow(android, 'canonical_addresses', new Map([['address', address]]))
    : Number(found['_id']);
}

/** Conversations (AOSP MmsSmsProvider). */
export const MMS_SMS: Provider = {
  className: 'com.android.providers.telephony.MmsSmsProvider',
  readPermission: 'android.permission.READ_SMS',
  query(android, { path, parameters, text }, question) {
    refuseSelect(question);
    switch (path.join('/')) {
      case 'threadID': {
        const recipients = parameters.getAll('recipient');
        if (recipients.length === 0) throw illegalArgument('getThreadId: no recipients');
        const id = threadOf(android, recipients);
        return { columns: ['_id'], rows: [[BigInt(id)]] };
      }
      case 'conversations':
        if (parameters.get('simple') === 'true')
          return ask(android, { from: 'threads', defaultSort: 'date DESC' }, question);
        return ask(
          android,
          { from: '(SELECT *, max(date) FROM sms_restricted GROUP BY thread_id)', defaultSort: 'date DESC' },
          question,
        );
      case 'canonical-addresses':
        return ask(android, { from: 'canonical_addresses' }, question);
      default:
        throw illegalArgument(`Unrecognized URI:${text}`);
    }
  },
};
