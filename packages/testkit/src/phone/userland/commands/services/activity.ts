import { SDK } from '../../android.ts';
import type { Call } from '../../call.ts';
import { securityException } from '../../java.ts';
import { scan } from '../../provider/media.ts';
import { withoutUser } from '../../users.ts';

/** `am …`, which is `cmd activity …` too. What would show on the screen is written into `happened`. */
export async function activity(call: Call, given: readonly string[]): Promise<number> {
  const { android, print } = call;
  const [verb = '', ...words] = withoutUser(given);
  const [name = ''] = words;
  switch (verb) {
    case 'get-current-user':
      await print('0\n');
      return 0;
    case 'get-started-user-state':
      await print(android.isUnlocked ? 'RUNNING_UNLOCKED\n' : 'RUNNING_LOCKED\n');
      return 0;
    case 'get-standby-bucket':
      await print(`${android.standbyBuckets.get(name) ?? 10}\n`);
      return 0;
    case 'set-standby-bucket':
      if (android.refusesWrites)
        throw securityException('Neither user 2000 nor current process has CHANGE_APP_IDLE_STATE.');
      android.standbyBuckets.set(name, BUCKETS[words[1] ?? ''] ?? (Number(words[1]) || 10));
      return 0;
    case 'force-stop': {
      const found = android.packages.get(name);
      if (found !== undefined) found.isStopped = true;
      if (android.inFront.startsWith(name)) android.inFront = 'launcher';
      android.happened.push(`stopped ${name}`);
      return 0;
    }
    case 'start': {
      const intent = words.filter((word) => word !== '-W').join(' ');
      android.happened.push(`started ${intent}`);
      if (intent.includes('android.settings.')) android.inFront = 'com.android.settings';
      await print(`Starting: Intent { ${intentText(words)} }\n`);
      return 0;
    }
    case 'broadcast':
      // Newer versions say the same, and look at nothing.
      if (SDK[android.release] < 29 && words.includes('android.intent.action.MEDIA_SCANNER_SCAN_FILE'))
        scan(android, 'external_primary');
      android.happened.push(`broadcast ${words.join(' ')}`);
      await print(
        `Broadcasting: Intent { flg=0x400000 ${intentText(words)} }\nBroadcast completed: result=0\n`,
      );
      return 0;
    default:
      await call.complain(`Unknown command: ${verb}\n`);
      return 255;
  }
}

const BUCKETS: Readonly<Record<string, number>> = {
  active: 10,
  working_set: 20,
  frequent: 30,
  rare: 40,
  restricted: 45,
};

function intentText(words: readonly string[]): string {
  const keys: Readonly<Record<string, string>> = {
    '-a': 'act',
    '-d': 'dat',
    '-t': 'typ',
    '-n': 'cmp',
    '-p': 'pkg',
  };
  return words
    .flatMap((word, at) => (Object.hasOwn(keys, word) ? [`${keys[word]}=${words[at + 1] ?? ''}`] : []))
    .join(' ');
}
