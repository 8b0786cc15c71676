import type { Call } from '../../call.ts';
import { blockedBy, GOOGLE_PHOTOS } from '../../photos/app.ts';
import { UPLOAD_JOB, uploadJob } from '../../photos/jobs.ts';
import { upload } from '../../photos/queue.ts';
import { withoutUser } from '../../users.ts';

/** How many items a job that was forced gets done at once. */
const ITEMS_AT_ONCE = 3;

/** `cmd jobscheduler run [-f] PACKAGE JOB`; codes below zero show as what is left of them (AOSP JobSchedulerShellCommand.java). */
export async function jobscheduler(call: Call, [verb = '', ...given]: readonly string[]): Promise<number> {
  const { android, print, complain } = call;
  if (verb !== 'run') {
    await print(verb === 'help' ? HELP : `Unknown command: ${verb}\n`);
    return verb === 'help' ? 0 : 255;
  }
  const words = withoutUser(given);
  const isForced = words.includes('-f') || words.includes('--force');
  const [name = '', id = ''] = words.filter((word) => !word.startsWith('-'));
  if (!android.packages.has(name)) {
    await complain(`Package not found: ${name}\n`);
    return -1000 & 255;
  }
  const job = name === GOOGLE_PHOTOS && Number(id) === UPLOAD_JOB ? uploadJob(android) : undefined;
  if (job === undefined) {
    await complain(`Could not find job ${id} in package ${name} / user 0\n`);
    return -1001 & 255;
  }
  if (!isForced && job.unsatisfied.length > 0) {
    await complain(
      `Job ${id} in package ${name} / user 0 has functional constraints but --force not specified\n`,
    );
    return -1002 & 255;
  }
  android.happened.push(`job run ${name} ${id}`);
  android.photos.jobWaitsFor.clear();
  if (blockedBy(android) === undefined) upload(android, ITEMS_AT_ONCE);
  await print('Running job [FORCED]\n');
  return 0;
}

const HELP = `Job scheduler (jobscheduler) commands:
  help
    Print this help text.
  run [-f | --force] [-u | --user USER_ID] PACKAGE JOB_ID
    Trigger immediate execution of a specific scheduled job.
`;
