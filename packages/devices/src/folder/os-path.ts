export { below, byteLength, osPath, split } from '@holdfast/local-files';
