import type { Command } from '../call.ts';
import { CHANGING } from './change-files.ts';
import { content } from './content/index.ts';
import { dumpsys } from './dumpsys/index.ts';
import { find } from './find.ts';
import { LISTING } from './list-files.ts';
import { pm } from './packages/index.ts';
import { PLAIN } from './plain.ts';
import { getprop } from './properties.ts';
import { READING } from './read-files.ts';
import { input, uiautomator } from './screen.ts';
import { SERVICE_COMMANDS } from './services/index.ts';
import { settings } from './settings.ts';

/** Every command there is, by name. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  ...PLAIN,
  ...READING,
  ...LISTING,
  ...CHANGING,
  ...SERVICE_COMMANDS,
  find,
  getprop,
  settings,
  pm,
  content,
  dumpsys,
  input,
  uiautomator,
};
