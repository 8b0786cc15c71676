import { isShut } from '../android.ts';
import { absolute, type Command } from '../call.ts';
import { writeFile } from '../files.ts';
import { screenXml } from '../photos/screen.ts';

/** Outputs that are the command's own. */
const OWN = ['/dev/stdout', '/proc/self/fd/1'];

/** `uiautomator dump [--compressed] [FILE]`. On a dark screen there is nothing to dump, which is no failure. */
export const uiautomator: Command = async (call) => {
  const { android, args, print, complain } = call;
  const [verb, ...words] = args;
  if (verb !== 'dump') {
    await complain(`uiautomator: unknown command ${verb ?? ''}\n`);
    return 1;
  }
  // It takes the connection that such services work by (AOSP `UiAutomation`).
  if (android.settings.secure.get('enabled_accessibility_services')?.includes('/') === true)
    android.happened.push('stopped accessibility services for a moment');
  const path = words.find((word) => !word.startsWith('-')) ?? '/sdcard/window_dump.xml';
  const xml = screenXml(android);
  if (xml === undefined) {
    await complain('ERROR: null root node returned by UiTestAutomationBridge.\n');
    return 0;
  }
  // There is no terminal behind a shell without one.
  const refusal = OWN.includes(path)
    ? await print(xml)
    : path === '/dev/tty'
      ? 'open failed: ENXIO (No such device or address)'
      : writeFile(android.root, absolute(call, path), new TextEncoder().encode(xml));
  if (typeof refusal === 'string') await complain(`java.io.FileNotFoundException: ${path}: ${refusal}\n`);
  else await print(`UI hierchary dumped to: ${path}\n`);
  return 0;
};

/** `input keyevent CODE`: wakes the screen or darkens it; no key opens a lock. */
export const input: Command = async ({ android, args, complain }) => {
  if (isShut(android)) {
    await complain(
      'java.lang.SecurityException: Injecting input events requires the caller (or the source of the instrumentation, if any) to have the INJECT_EVENTS permission.\n',
    );
    return 255;
  }
  const [verb, code = ''] = args;
  if (verb === 'keyevent' && /^(KEYCODE_WAKEUP|224)$/.test(code)) android.isScreenOn = true;
  if (verb === 'keyevent' && /^(KEYCODE_SLEEP|223)$/.test(code)) android.isScreenOn = false;
  return 0;
};
