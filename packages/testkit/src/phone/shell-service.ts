import { spawn } from 'node:child_process';
import { decodeShellHeader, encodeShellPacket, SHELL } from '@holdfast/adb/wire';
import { decodeName, encodeName } from '@holdfast/kernel';
import type { DeviceStream } from './device-link.ts';
import { nodeAt, type PhoneFolder } from './tree.ts';

/** Where a command's output goes and its input comes from. */
export interface ShellIo {
  readonly out: (bytes: Uint8Array) => Promise<void>;
  readonly err: (bytes: Uint8Array) => Promise<void>;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Resolves when the host hangs up, or the command is done. */
  readonly over: Promise<void>;
}

/** Runs a line as the phone's shell does, and gives the exit code. */
export type PhoneShell = (line: Uint8Array, io: ShellIo) => Promise<number>;

/** The line in this computer's `sh`: for what is about streams, quoting and exit codes rather than about a phone. */
export const hostShell: PhoneShell = async (line, { out, err, stdin, over }) => {
  // A NUL cannot be in it; anything else goes through as it is, by way of the script's own input file.
  const child = spawn('sh', ['-c', 'eval "$HOLDFAST_LINE"'], {
    env: { PATH: process.env['PATH'] ?? '', HOLDFAST_LINE: Buffer.from(line).toString() },
    // A group of its own, which can be ended as a whole.
    detached: true,
  });
  const hangUp = (): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(-child.pid, 'SIGHUP');
  };
  child.stdin.on('error', () => undefined);
  // As adbd does, for a command that neither reads nor prints would not notice. To all of them: `sh` may have children.
  over.then(hangUp).catch(() => undefined);
  const feed = async (): Promise<void> => {
    for await (const chunk of stdin) child.stdin.write(chunk);
    child.stdin.end();
  };
  const drain = async (
    from: AsyncIterable<Uint8Array>,
    to: (bytes: Uint8Array) => Promise<void>,
  ): Promise<void> => {
    for await (const chunk of from) await to(chunk);
  };
  const code = new Promise<number>((resolve) => {
    child.once('close', (status) => resolve(status ?? 255));
  });
  const feeding = feed();
  await Promise.all([drain(child.stdout, out), drain(child.stderr, err)]);
  feeding.catch(() => undefined);
  return code;
};

/** A shell that knows `ls -a -- FOLDER` and nothing else. */
export const listingShell =
  (root: PhoneFolder): PhoneShell =>
  async (line, { out, err }) => {
    const found = /^'ls' '-a' '--' '([^']*)'$/.exec(decodeName(line));
    if (found === null) {
      await err(encodeName(`sh: ${decodeName(line)}: inaccessible or not found\n`));
      return 127;
    }
    const [, path = ''] = found;
    const node = nodeAt(root, path);
    if (node?.kind !== 'folder' || node.listing === 'closed') {
      await err(
        encodeName(
          `ls: ${path}: ${node === undefined ? 'No such file or directory' : 'Permission denied'}\n`,
        ),
      );
      return 1;
    }
    await out(encodeName(['.', '..', ...node.entries.keys(), ''].join('\n')));
    return 0;
  };

/** `shell,v2,…:LINE`: framed output, exit code, stdin. */
export async function serveShell(stream: DeviceStream, line: Uint8Array, shell: PhoneShell): Promise<void> {
  const code = await shell(line, {
    out: (bytes) => stream.write(encodeShellPacket(SHELL.stdout, bytes)),
    err: (bytes) => stream.write(encodeShellPacket(SHELL.stderr, bytes)),
    stdin: readStdin(stream),
    over: stream.whenOver(),
  });
  await stream.write(encodeShellPacket(SHELL.exit, Uint8Array.of(code)));
}

/** `exec:LINE`: both outputs on the stream as they come, and no exit code. */
export async function serveExec(stream: DeviceStream, line: Uint8Array, shell: PhoneShell): Promise<void> {
  const write = (bytes: Uint8Array): Promise<void> => stream.write(bytes);
  await shell(line, { out: write, err: write, stdin: readPlain(stream), over: stream.whenOver() });
}

async function* readPlain({ intake }: DeviceStream): AsyncGenerator<Uint8Array, void, undefined> {
  for (let chunk = await intake.next(); chunk !== undefined; chunk = await intake.next()) yield chunk;
}

async function* readStdin({ intake }: DeviceStream): AsyncGenerator<Uint8Array, void, undefined> {
  for (;;) {
    const header = await intake.take(5);
    if (header === undefined) return;
    const { id, dataBytes } = decodeShellHeader(header);
    const data = await intake.take(dataBytes);
    if (data === undefined || id === SHELL.closeStdin) return;
    if (id === SHELL.stdin) yield data;
  }
}
