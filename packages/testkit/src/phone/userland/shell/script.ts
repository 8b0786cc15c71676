import { ShellSyntaxError, type Token, tokensOf, type WordPart } from './tokens.ts';

/** Where one of a command's streams goes instead. */
type Redirect =
  | { readonly kind: 'from' | 'to' | 'after' | 'errors-to' | 'errors-after'; readonly word: Word }
  | { readonly kind: 'errors-with-output' };

type Word = readonly WordPart[];

/** One command, or several in parentheses. */
export interface ShellNode {
  readonly words: readonly Word[];
  readonly group?: readonly Step[];
  readonly redirects: readonly Redirect[];
}

/** Commands joined by `|`, and when they run: `&&` and `||` ask how the ones before ended. */
export interface Step {
  readonly when: 'always' | 'after-success' | 'after-failure';
  readonly pipeline: readonly ShellNode[];
}

const REDIRECTS = {
  '<': 'from',
  '>': 'to',
  '1>': 'to',
  '>>': 'after',
  '2>': 'errors-to',
  '2>>': 'errors-after',
} as const;

/**
 * The steps of a script: what our client and its pushed scripts send, no more. `&` is taken for `;`: what would run beside
 * runs before. Loops, conditions and functions are no part of it; their words are commands that do not exist.
 */
export function parseScript(text: string): readonly Step[] {
  const tokens = tokensOf(text);
  const steps = readList(tokens);
  if (tokens.length > 0) throw new ShellSyntaxError("unexpected ')'");
  return steps;
}

/** Takes tokens away as it reads, up to the end or a `)` that it leaves. */
function readList(tokens: Token[]): Step[] {
  const steps: Step[] = [];
  let when: Step['when'] = 'always';
  for (;;) {
    const next = tokens[0];
    if (next === undefined || isSign(next, ')')) break;
    if (isSign(next, ';') || isSign(next, '&')) {
      tokens.shift();
      when = 'always';
      continue;
    }
    if (isSign(next, '&&') || isSign(next, '||')) {
      if (steps.length === 0) throw new ShellSyntaxError(`unexpected '${next.sign}'`);
      tokens.shift();
      when = next.sign === '&&' ? 'after-success' : 'after-failure';
      while (tokens[0] !== undefined && isSign(tokens[0], ';')) tokens.shift();
      continue;
    }
    steps.push({ when, pipeline: readPipeline(tokens) });
    when = 'always';
  }
  return steps;
}

function readPipeline(tokens: Token[]): ShellNode[] {
  const nodes = [readNode(tokens)];
  while (tokens[0] !== undefined && isSign(tokens[0], '|')) {
    tokens.shift();
    nodes.push(readNode(tokens));
  }
  return nodes;
}

function readNode(tokens: Token[]): ShellNode {
  const words: Word[] = [];
  const redirects: Redirect[] = [];
  let group: Step[] | undefined;
  for (;;) {
    const next = tokens[0];
    if (next?.kind === 'word') {
      tokens.shift();
      words.push(next.parts);
    } else if (next?.sign === '2>&1') {
      tokens.shift();
      redirects.push({ kind: 'errors-with-output' });
    } else if (next !== undefined && next.sign in REDIRECTS) {
      tokens.shift();
      const target = tokens.shift();
      if (target?.kind !== 'word') throw new ShellSyntaxError(`unexpected end after '${next.sign}'`);
      redirects.push({ kind: REDIRECTS[next.sign as keyof typeof REDIRECTS], word: target.parts });
    } else if (next?.sign === '(' && words.length === 0 && group === undefined) {
      tokens.shift();
      group = readList(tokens);
      if (tokens.shift() === undefined) throw new ShellSyntaxError("no closing ')'");
    } else break;
  }
  if (words.length === 0 && group === undefined && redirects.length === 0)
    throw new ShellSyntaxError(`unexpected '${tokens[0]?.kind === 'sign' ? tokens[0].sign : 'end'}'`);
  return group === undefined ? { words, redirects } : { words, group, redirects };
}

const isSign = (token: Token, sign: string): token is { kind: 'sign'; sign: string } =>
  token.kind === 'sign' && token.sign === sign;
