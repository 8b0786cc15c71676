import type { Message } from '@holdfast/contract/api';
import { originalText } from '@holdfast/kernel';

/** What came with a message, of its column `attachments`; nothing where that is empty. */
export function attachmentsIn(column: unknown): Message['attachments'] {
  return typeof column === 'string' ? (JSON.parse(originalText(column)) as Message['attachments']) : [];
}
