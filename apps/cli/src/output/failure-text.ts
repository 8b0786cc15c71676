import type { JsonLineOf } from '@holdfast/contract';
import { isFailure, plainText } from '@holdfast/kernel';
import { exitCodeOf } from '#exit-codes.ts';

/** Longest sentence of a failure that is shown. */
const LONGEST = 2000;

/** A failure as `--json` prints it. */
export function failureLine(error: unknown): JsonLineOf<'error'> {
  const exitCode = exitCodeOf(error);
  if (!isFailure(error))
    return { type: 'error', code: 'bug', message: bugSentence(error), retry: 'never', exitCode };
  const { code, message, hint, retry } = error;
  return {
    type: 'error',
    code,
    message: sentence(message),
    ...(hint !== undefined && { hint: plainText(hint, LONGEST) }),
    retry,
    exitCode,
  };
}

/** A failure for people: the sentence and its code, then what to do. */
export function failureText(error: unknown, isVerbose: boolean, paint: (text: string) => string): string {
  const { code, message, hint } = failureLine(error);
  const origin = isVerbose ? originsOf(error) : [];
  const lines = [
    `${paint('holdfast:')} ${message} (${code})`,
    ...(hint === undefined ? [] : [`→ ${hint}`]),
    ...(code === 'bug' ? ['→ This is a mistake in Holdfast itself. --verbose shows where it happened.'] : []),
  ];
  return [...lines, ...origin].join('\n');
}

function bugSentence(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return sentence(`Something unexpected happened: ${text}`);
}

/** Without a full stop, since the code follows; with a capital, since it begins a line. */
function sentence(message: string): string {
  const text = plainText(message, LONGEST).replace(/\.$/, '');
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The stack, and what was behind it. */
function originsOf(error: unknown): string[] {
  const lines: string[] = [];
  let each = error;
  while (each instanceof Error && lines.length < 100) {
    const details =
      isFailure(each) && Object.keys(each.details).length > 0
        ? [`  ${plainText(JSON.stringify(each.details), LONGEST)}`]
        : [];
    const stack = (each.stack ?? String(each))
      .split('\n')
      .map((line) => `  ${plainText(line.trimEnd(), LONGEST)}`);
    lines.push(...stack, ...details);
    each = each.cause;
    if (each instanceof Error) lines.push('  caused by');
  }
  return lines;
}
