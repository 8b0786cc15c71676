import { decodeName, encodeName } from '@holdfast/kernel';
import type { PhoneShell, ShellIo } from '../../shell-service.ts';
import type { Android } from '../android.ts';
import { type Call, held, type Sink, type Streams } from '../call.ts';
import { COMMANDS } from '../commands/index.ts';
import { blockedBy } from '../photos/app.ts';
import { settleBlocked } from '../photos/queue.ts';
import { faultySinks, Killed } from './faults.ts';
import { redirected } from './redirect.ts';
import { parseScript, type ShellNode, type Step } from './script.ts';
import { ShellSyntaxError, type WordPart } from './tokens.ts';

/** What steps of a script share. */
interface State {
  readonly android: Android;
  readonly over: Promise<void>;
  readonly words: readonly string[];
  lastCode: number;
  isOver: boolean;
  folder: string;
}

/** The shell of a phone: `sh` with the commands there are, as the user `shell` has it over ADB. */
export const androidShell =
  (android: Android): PhoneShell =>
  (line, io) =>
    runText(android, decodeName(line), [], io.over, '/', shared(io));

/** Streams that outlive the command that reads from them. */
function shared({ out, err, stdin }: ShellIo): Streams {
  const rest = stdin[Symbol.asyncIterator]();
  return { out, err, stdin: { [Symbol.asyncIterator]: () => ({ next: () => rest.next() }) } };
}

async function runText(
  android: Android,
  text: string,
  words: readonly string[],
  over: Promise<void>,
  folder: string,
  streams: Streams,
): Promise<number> {
  try {
    const state = { android, over, words, folder, lastCode: 0, isOver: false };
    return await runSteps(state, parseScript(text), streams);
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    await streams.err(encodeName(`sh: syntax error: ${error.message}\n`));
    return 1;
  }
}

async function runSteps(state: State, steps: readonly Step[], streams: Streams): Promise<number> {
  for (const { when, pipeline } of steps) {
    if (state.isOver) break;
    if (when === 'after-success' && state.lastCode !== 0) continue;
    if (when === 'after-failure' && state.lastCode === 0) continue;
    state.lastCode = await runPipeline(state, pipeline, streams);
  }
  return state.lastCode;
}

/** One after the other: what one prints is there as a whole before the next one reads it. */
async function runPipeline(state: State, nodes: readonly ShellNode[], streams: Streams): Promise<number> {
  let { stdin } = streams;
  let code = 0;
  for (const [at, node] of nodes.entries()) {
    const printed: Uint8Array[] = [];
    const collect: Sink = async (bytes) => {
      printed.push(bytes.slice());
    };
    code = await runNode(state, node, {
      stdin,
      out: at === nodes.length - 1 ? streams.out : collect,
      err: streams.err,
    });
    stdin = (async function* () {
      yield* printed;
    })();
  }
  return code;
}

async function runNode(state: State, node: ShellNode, streams: Streams): Promise<number> {
  const expand = (parts: readonly WordPart[]): string =>
    parts.map((part) => ('text' in part ? part.text : valueOf(state, part.variable))).join('');
  const redirects = node.redirects.map((each) =>
    each.kind === 'errors-with-output' ? each : { kind: each.kind, path: expand(each.word) },
  );
  const opened = await redirected(state.android.root, state.folder, redirects, streams);
  if (typeof opened === 'number') return opened;
  const code =
    node.group === undefined
      ? await runCommand(state, node.words.map(expand), opened.streams)
      : await runSteps({ ...state, lastCode: 0 }, node.group, opened.streams);
  return await opened.finish(code);
}

function valueOf(state: State, name: string): string {
  if (name === '?') return String(state.lastCode);
  if (/^\d+$/.test(name)) return state.words[Number(name)] ?? '';
  return name === 'EXTERNAL_STORAGE' ? '/sdcard' : '';
}

async function runCommand(state: State, words: readonly string[], streams: Streams): Promise<number> {
  const [name, ...args] = words;
  const { android, over } = state;
  if (name === undefined) return 0;
  if (name === 'exit') {
    state.isOver = true;
    return args[0] === undefined ? state.lastCode : Number(args[0]) & 255;
  }
  if (name === 'cd') {
    state.folder = args[0] ?? '/';
    return 0;
  }
  android.ran.push(words.join(' '));
  const faulty = faultySinks(android, words.join(' '), over, streams);
  const out = held(faulty.out);
  const call: Call = {
    android,
    name,
    args,
    folder: state.folder,
    stdin: streams.stdin,
    out: out.write,
    print: out.print,
    complain: async (text) => {
      await out.flush();
      await faulty.err(encodeName(text));
    },
    runScript: (text, given) => runText(android, text, given, over, state.folder, streams),
    runWords: (given) => runCommand(state, given, { ...streams, out: out.write }),
  };
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  try {
    await faulty.begin();
    if (faulty.instead !== undefined) {
      await call.print(faulty.instead);
      await out.flush();
      return 0;
    }
    // What the app did until now, it did as things were until now.
    settleBlocked(android, blockedBy(android) !== undefined);
    if (command === undefined) {
      await call.complain(`sh: ${name}: inaccessible or not found\n`);
      return 127;
    }
    const code = await command(call);
    await faulty.end();
    await out.flush();
    return code;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    await streams.err(encodeName('Killed \n'));
    return 137;
  }
}
