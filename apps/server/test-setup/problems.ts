import assert from 'node:assert/strict';
import { problem } from '@holdfast/contract/api';

/** Fails unless an answer is a problem with its code, what happened, and what to do. */
export function saysWhatToDo({ text }: { readonly text: string }, what = 'the answer'): void {
  const { code, message, hint = '' } = problem.parse(JSON.parse(text));
  assert.match(code, /^[a-z-]+\/[a-z-]+$/, what);
  assert.match(message, /\w+ \w+/, `${what}: ${message}`);
  assert.match(hint, /\w+ \w+.*[.:]$/, `${what}: no way out of "${message}": "${hint}"`);
}
