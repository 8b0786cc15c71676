import { decodeName } from '@holdfast/kernel';
import { wholeContent } from '../../content.ts';
import { nodeAt } from '../../tree.ts';
import { absolute, type Command, optionsOf } from '../call.ts';

/** Groups of the user `shell`, as AOSP's adbd sets them. */
const GROUPS =
  '1004(input),1007(log),1011(adb),1015(sdcard_rw),1028(sdcard_r),1078(ext_data_rw),1079(ext_obb_rw),3001(net_bt_admin),3002(net_bt),3003(inet),3006(net_bw_stats),3009(readproc),3011(uhid)';

const id: Command = async ({ args, print }) => {
  await print(
    args[0] === '-u'
      ? '2000\n'
      : `uid=2000(shell) gid=2000(shell) groups=2000(shell),${GROUPS} context=u:r:shell:s0\n`,
  );
  return 0;
};

const date: Command = async ({ android, args, print }) => {
  const now = new Date(android.now() + android.clockAheadMs);
  const [format = '+%c'] = args;
  const pieces: Readonly<Record<string, string>> = {
    s: String(Math.floor(now.getTime() / 1000)),
    N: String((now.getTime() % 1000) * 1_000_000).padStart(9, '0'),
    F: now.toISOString().slice(0, 10),
    T: now.toISOString().slice(11, 19),
    z: '+0000',
    Z: 'GMT',
    c: now.toUTCString(),
  };
  await print(`${format.slice(1).replaceAll(/%(.)/g, (all, letter: string) => pieces[letter] ?? all)}\n`);
  return 0;
};

/** What `\n`, `\t` and `\0` stand for in the shell's own `echo` and `printf`. */
const unescaped = (text: string): string =>
  text.replaceAll(/\\([nt0\\])/g, (_, letter: string) => ({ n: '\n', t: '\t', '0': '\0' })[letter] ?? '\\');

const echo: Command = async ({ args, print }) => {
  const isBare = args[0] === '-n';
  await print(`${unescaped((isBare ? args.slice(1) : args).join(' '))}${isBare ? '' : '\n'}`);
  return 0;
};

const printf: Command = async ({ args: [format = '', ...words], print }) => {
  const left = [...words];
  do {
    await print(
      unescaped(format).replaceAll(/%([sd%])/g, (_, letter: string) =>
        letter === '%' ? '%' : (left.shift() ?? ''),
      ),
    );
  } while (left.length > 0 && /%[sd]/.test(format));
  return 0;
};

/** `sh FILE WORD…` and `sh -c LINE`. */
const sh: Command = async (call) => {
  const { options, rest } = optionsOf(call.args, 'c');
  const line = options.get('c');
  if (line !== undefined) return call.runScript(line, rest);
  const [path] = rest;
  if (path === undefined) {
    const lines: Uint8Array[] = [];
    for await (const chunk of call.stdin) lines.push(chunk);
    return call.runScript(decodeName(Buffer.concat(lines)), []);
  }
  const node = nodeAt(call.android.root, absolute(call, path), { follow: true });
  if (node?.kind !== 'file') {
    await call.complain(`sh: ${path}: No such file or directory\n`);
    return 127;
  }
  return call.runScript(decodeName(wholeContent(node.content)), rest);
};

/** `xargs [-0] [-n N] COMMAND WORD…`, all in one call unless `-n` says otherwise. */
const xargs: Command = async (call) => {
  const start = call.args.findIndex((word, at) => !word.startsWith('-') && call.args[at - 1] !== '-n');
  const { options } = optionsOf(call.args.slice(0, start), 'n');
  const parts: Uint8Array[] = [];
  for await (const chunk of call.stdin) parts.push(chunk);
  const words = decodeName(Buffer.concat(parts)).split(options.has('0') ? '\0' : /\s+/);
  if (words.at(-1) === '') words.pop();
  const most = Number(options.get('n') ?? words.length);
  let code = 0;
  for (let at = 0; at < words.length; at += most) {
    const ended = await call.runWords([...call.args.slice(start), ...words.slice(at, at + most)]);
    // 255 and what could not be run at all have numbers of their own (POSIX xargs).
    if (ended !== 0) code = ended === 126 || ended === 127 ? ended : 123;
  }
  return code;
};

/** Commands about nothing of the phone's. Nothing sleeps. */
export const PLAIN: Readonly<Record<string, Command>> = {
  id,
  date,
  echo,
  printf,
  sh,
  xargs,
  true: () => 0,
  false: () => 1,
  ':': () => 0,
  wait: () => 0,
  sync: () => 0,
  sleep: () => 0,
  whoami: async ({ print }) => {
    await print('shell\n');
    return 0;
  },
  timeout: ({ args, runWords }) => runWords(args.slice(1)),
};
