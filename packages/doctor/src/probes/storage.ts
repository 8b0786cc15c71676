import { parseDiskSpace } from '@holdfast/devices/android';
import { commandProbe } from './command-probe.ts';

/** Room where apps keep their own files. */
export const storageProbe = commandProbe({
  name: 'storage',
  title: 'Free storage',
  commands: () => [['df', '-k', '/data']],
  parse: ([output = '']) => parseDiskSpace(output, '/data'),
});
