// JavaScript, so that nothing has to be stripped before the compile cache is on.
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./walk-thread.ts');
