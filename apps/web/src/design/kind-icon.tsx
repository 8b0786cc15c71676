import type { DeviceKind, ItemKind, ItemType } from '@holdfast/contract';
import {
  AppWindow,
  CalendarDays,
  File,
  FileText,
  Folder,
  Image,
  Inbox,
  MessageSquare,
  Music,
  Phone,
  Settings2,
  Smartphone,
  User,
  Video,
} from 'lucide-react';
import type { ReactNode } from 'react';

const KINDS = {
  photo: Image,
  video: Video,
  audio: Music,
  document: FileText,
  file: File,
  contact: User,
  message: MessageSquare,
  call: Phone,
  event: CalendarDays,
  app: AppWindow,
  setting: Settings2,
} as const satisfies Record<ItemKind, unknown>;

/** The kind that stands for a type. */
export const KIND_OF_TYPE: Readonly<Record<ItemType, ItemKind>> = {
  photos: 'photo',
  videos: 'video',
  audio: 'audio',
  documents: 'document',
  other: 'file',
  contacts: 'contact',
  messages: 'message',
  calls: 'call',
  calendar: 'event',
  apps: 'app',
  settings: 'setting',
};

const DEVICES = {
  android: Smartphone,
  iphone: Smartphone,
  folder: Folder,
  inbox: Inbox,
  takeout: Inbox,
} as const;

/** The picture of a kind of item. */
export function KindIcon({
  kind,
  size = 20,
}: {
  readonly kind: ItemKind;
  readonly size?: number;
}): ReactNode {
  const Icon = KINDS[kind];
  return <Icon size={size} aria-hidden="true" />;
}

/** The picture of a type. */
export function TypeIcon({
  type,
  size = 20,
}: {
  readonly type: ItemType;
  readonly size?: number;
}): ReactNode {
  return <KindIcon kind={KIND_OF_TYPE[type]} size={size} />;
}

/** The picture of a kind of device. */
export function DeviceIcon({
  kind,
  size = 20,
}: {
  readonly kind: DeviceKind;
  readonly size?: number;
}): ReactNode {
  const Icon = DEVICES[kind];
  return <Icon size={size} aria-hidden="true" />;
}
