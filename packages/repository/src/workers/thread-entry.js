// JavaScript, so that nothing has to be stripped before the compile cache is on: loading the type stripper detaches memory,
// after which V8 checks every access to a typed array, and the chunker runs at half its speed.
import { enableCompileCache } from 'node:module';

// Only where the program says: the default is a folder below the system's temporary one, into which others can write.
if (process.env['NODE_COMPILE_CACHE'] !== undefined) enableCompileCache();
await import('./thread.ts');
