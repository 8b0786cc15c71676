import { spawn } from 'node:child_process';

/** Opens a link in the person's browser; `false` where there is no desktop, or nothing that opens links. */
export function openLink(
  link: string,
  { platform, env }: Pick<NodeJS.Process, 'platform' | 'env'>,
): Promise<boolean> {
  const hasDesktop =
    platform === 'darwin' || (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== '';
  if (!hasDesktop) return Promise.resolve(false);
  return new Promise((resolve) => {
    const opener = spawn(platform === 'darwin' ? 'open' : 'xdg-open', [link], {
      stdio: 'ignore',
      detached: true,
    });
    opener.once('error', () => resolve(false));
    opener.once('spawn', () => {
      // The browser may be its child, and live longer than this.
      opener.unref();
      resolve(true);
    });
  });
}
