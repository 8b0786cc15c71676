import type { ItemState } from '@holdfast/contract';
import type { Card, Run } from '@holdfast/contract/api';
import {
  CircleAlert,
  CircleCheck,
  CirclePause,
  CircleSlash,
  Clock,
  Eye,
  EyeOff,
  PowerOff,
  RefreshCw,
  ShieldCheck,
  ShieldQuestionMark,
  Sprout,
  Square,
  Unplug,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from './badge.tsx';
import { CARD_WORDS, RUN_WORDS, STATE_WORDS } from './words.ts';

const SIZE = 15;

const ITEM_ICONS = {
  verified: CircleCheck,
  waiting: Clock,
  skipped: CircleSlash,
  failed: CircleAlert,
} as const;

const CARD_ICONS = {
  safe: ShieldCheck,
  'in-doubt': ShieldQuestionMark,
  'backing-up': RefreshCw,
  waiting: Clock,
  attention: Eye,
  failed: CircleAlert,
  off: PowerOff,
  never: Sprout,
  'not-seen': EyeOff,
  'cannot-talk': Unplug,
} as const satisfies Record<Card['state'], unknown>;

const RUN_ICONS = {
  running: RefreshCw,
  waiting: Clock,
  pausing: CirclePause,
  paused: CirclePause,
  stopping: Square,
  stopped: Square,
  done: CircleCheck,
  failed: CircleAlert,
} as const satisfies Record<Run['state']['kind'], unknown>;

/** The picture of an item's state. */
export function StateIcon({ state }: { readonly state: ItemState }): ReactNode {
  const Icon = ITEM_ICONS[state];
  return <Icon size={SIZE} aria-hidden="true" />;
}

/** An item's state. */
export function StateBadge({ state }: { readonly state: ItemState }): ReactNode {
  const { tone, word } = STATE_WORDS[state];
  return (
    <Badge tone={tone} icon={<StateIcon state={state} />}>
      {word}
    </Badge>
  );
}

/** A device's state. */
export function CardBadge({ state }: { readonly state: Card['state'] }): ReactNode {
  const { tone, word } = CARD_WORDS[state];
  const Icon = CARD_ICONS[state];
  return (
    <Badge tone={tone} icon={<Icon size={SIZE} aria-hidden="true" />}>
      {word}
    </Badge>
  );
}

/** A run's state. */
export function RunBadge({ state }: { readonly state: Run['state']['kind'] }): ReactNode {
  const { tone, word } = RUN_WORDS[state];
  const Icon = RUN_ICONS[state];
  return (
    <Badge tone={tone} icon={<Icon size={SIZE} aria-hidden="true" />}>
      {word}
    </Badge>
  );
}
