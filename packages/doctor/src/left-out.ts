import { factOf, type PhotosFacts } from './photos-facts.ts';

/** True where the screen can be read all the same, and was not for the sake of somebody whom that would interrupt. */
export function isScreenLeft({ 'app-screen': told }: PhotosFacts): boolean {
  return told.kind === 'refused' && told.isForSomebody === true;
}

/** What was not looked at, and why, a sentence or two each; nothing is missed where there is no app to look at. */
export function leftOut(facts: PhotosFacts): readonly string[] {
  const told = facts['app-screen'];
  if (factOf(facts, 'app')?.isInstalled !== true) return [];
  if (told.kind === 'refused') return [`The screen of Google Photos was not read. ${told.why}`];
  return told.kind === 'unrecognised'
    ? ['The screen of Google Photos could not be read. Leave it still for a moment, and look again.']
    : [];
}
