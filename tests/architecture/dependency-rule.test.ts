import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const depcruise = join(root, 'node_modules/.bin/depcruise');

// A tree of its own beside node_modules, so that nobody's work is touched by the seeded faults.
const tree = mkdtempSync(join(root, 'test-tree-'));
afterAll(() => rmSync(tree, { recursive: true, force: true }));

function violations(files: Record<string, string>): string {
  rmSync(join(tree, 'src'), { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(tree, path, '..'), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  writeFileSync(
    join(tree, 'tsconfig.json'),
    '{"compilerOptions":{"allowImportingTsExtensions":true,"noEmit":true}}',
  );
  const run = spawnSync(
    depcruise,
    ['src', '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'err'],
    {
      cwd: tree,
      encoding: 'utf8',
    },
  );
  return run.stdout + run.stderr;
}

describe('the one rule of dependencies', () => {
  it('holds in the project', () => {
    const out = execFileSync(
      depcruise,
      ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'err'],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
    expect(out).toContain('no dependency violations');
  });

  const leaf = 'export const x = 1;\n';
  const uses = (path: string) => `import { x } from '${path}';\nexport const y = x;\n`;
  it.each([
    [
      'core importing a format',
      'core-imports-nothing',
      { 'src/formats/a.ts': leaf, 'src/core/b.ts': uses('../formats/a.ts') },
    ],
    [
      'a format importing a series',
      'formats-reads-left',
      { 'src/series/a.ts': leaf, 'src/formats/b.ts': uses('../series/a.ts') },
    ],
    [
      'the domain importing the engine',
      'domain-knows-no-page',
      { 'src/engine/a.ts': leaf, 'src/radiomics/b.ts': uses('../engine/a.ts') },
    ],
    [
      'one room importing another',
      'radiomics-rooms-apart',
      { 'src/radiomics/glcm/a.ts': leaf, 'src/radiomics/glrlm/b.ts': uses('../glcm/a.ts') },
    ],
    [
      'the page importing a room',
      'ui-and-cli-use-the-engine',
      { 'src/radiomics/glcm/a.ts': leaf, 'src/ui/b.ts': uses('../radiomics/glcm/a.ts') },
    ],
    [
      'a cycle',
      'no-cycles',
      {
        'src/core/a.ts': uses('./b.ts').replace('y', 'x2').replace('x }', 'y as x }'),
        'src/core/b.ts': uses('./a.ts').replace('x }', 'x2 as x }'),
      },
    ],
  ])('catches %s', (_what, rule, files) => {
    expect(violations(files)).toContain(rule);
  });

  it('lets the page import types of the domain', () => {
    const files = {
      'src/radiomics/a.ts': 'export interface A { b: number }\n',
      'src/ui/b.ts': "import type { A } from '../radiomics/a.ts';\nexport const c: A = { b: 1 };\n",
    };
    expect(violations(files)).toContain('no dependency violations');
  });
});
