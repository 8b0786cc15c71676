// JavaScript, so that the type stripper is not loaded before the cache is on.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Kept from run to run, for tests, their threads and the processes they start: threads and processes find it by the variable.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../node_modules/.cache/compiled');
enableCompileCache(process.env['NODE_COMPILE_CACHE']);
