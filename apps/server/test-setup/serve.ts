/** A process that serves the home folder that is named, and prints a link: to be killed. At a port and with a web app, if these are named. */
import { startServer } from '#server.ts';
import { hostIn } from './test-server.ts';

const [home = '', phone = '', port = '0', webFolder] = process.argv.slice(2);
const isProcessAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const { identity, ...host } = await hostIn(home, [phone]);
const server = await startServer({
  host: { ...host, identity: { ...identity, pid: process.pid }, isProcessAlive },
  port: Number(port),
  ...(webFolder !== undefined && { webFolder }),
  version: '1',
  onBug: (error) => process.stderr.write(`${String(error)}\n`),
});
process.stdout.write(`${server.link()}\n`);
