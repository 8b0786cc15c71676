import type { RunRequest } from '@holdfast/contract/api';
import type { Device } from '@holdfast/devices';
import type { Plans } from '../restores/plans.ts';
import type { About } from './runs.ts';

/** Where it is known what a request is about. */
export interface AboutOptions {
  readonly plans: Pick<Plans, 'asked'>;
  /** Fails with `server/unknown`. */
  readonly deviceOf: (id: string) => Promise<Device>;
}

/** The device or target that a request names. Fails where there is none, and where a plan is no longer kept. */
export async function aboutOf(request: RunRequest, { plans, deviceOf }: AboutOptions): Promise<About> {
  switch (request.kind) {
    case 'backup':
    case 'audit':
      return { device: await deviceOf(request.device) };
    case 'restore': {
      const { to } = await plans.asked(request.plan);
      if (to.kind === 'folder') return { target: to.path };
      const device = await deviceOf(to.device);
      return { device, target: device.name };
    }
    case 'check':
    case 'drill':
    case 'forget':
    case 'prune':
    case 'rebuild':
      return {};
    default:
      return request satisfies never;
  }
}
