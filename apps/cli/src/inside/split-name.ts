/** A BACKUP[:PATH] as it was typed. */
export interface Named {
  readonly backup: string;
  /** Absent when there was no colon. */
  readonly path: string | undefined;
}

/** Takes `latest:/files/DCIM` apart: everything after the first colon is the path. */
export function splitName(word: string): Named {
  const colon = word.indexOf(':');
  return colon === -1
    ? { backup: word, path: undefined }
    : { backup: word.slice(0, colon), path: word.slice(colon + 1) };
}
