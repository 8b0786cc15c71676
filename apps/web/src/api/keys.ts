import type { OperationName } from '@holdfast/contract';

/** Under what an answer is kept: equal inputs give equal keys, and a name alone is the beginning of all its keys. */
export const keyOf = (name: OperationName, input: object = {}): readonly [OperationName, object] => [
  name,
  input,
];

/** Under what pages of an answer are kept, apart from single answers of the same operation. */
export const pagesKeyOf = (
  name: OperationName,
  input: object = {},
): readonly [OperationName, 'pages', object] => [name, 'pages', input];

/** Under what is kept which question a phone is asked by the doctor now: the server tells, nobody asks for it. */
export const asksKeyOf = (device: string): readonly ['asks', string] => ['asks', device];
