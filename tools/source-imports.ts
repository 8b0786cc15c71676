import { readFileSync } from 'node:fs';
import { parseSync, Visitor } from 'oxc-parser';

/**
 * Every module a source file names: imports, re-exports, type imports, `import()`, `require`d types, and files given as
 * `new URL('./x.ts', …)`, as workers are. For a file that does not parse, what is wrong with it.
 */
export function sourceImports(path: string): string[] | { readonly error: string } {
  const { program, errors } = parseSync(path, readFileSync(path, 'utf8'));
  if (errors[0] !== undefined) return { error: errors[0].message };
  const found: string[] = [];
  const add = (node: { type: string } | null | undefined): void => {
    if (node?.type === 'Literal' && 'value' in node && typeof node.value === 'string') found.push(node.value);
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
    TSExternalModuleReference: (node) => add(node.expression),
    NewExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'URL' && node.arguments.length === 2) {
        add(node.arguments[0]);
      }
    },
  }).visit(program);
  return found;
}
