export { originalText, storedText } from '@holdfast/kernel';
