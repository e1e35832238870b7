// Runs the seeded defects and writes what each raised into the table of docs/quality.md.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const rowsFile = join(mkdtempSync(join(tmpdir(), 'kinetex-quality-')), 'rows.jsonl');
writeFileSync(rowsFile, '');
const { status } = spawnSync('npx', ['vitest', 'run', 'tests/quality'], {
  stdio: 'inherit',
  env: { ...process.env, KINETEX_QUALITY_ROWS: rowsFile },
});
const GROUPS = 'GCMPV';
const rows = readFileSync(rowsFile, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
  .sort(
    (a, b) =>
      GROUPS.indexOf(a.rule[0]) - GROUPS.indexOf(b.rule[0]) ||
      a.rule.localeCompare(b.rule) ||
      a.name.localeCompare(b.name),
  );
const lines = rows.map(({ rule, name, follows, found }) => {
  const others = Object.keys(found).filter((id) => id !== rule);
  const text = others.map((id) => `${id} ${found[id]}${follows[id] ? ` (${follows[id]})` : ' (unexpected)'}`);
  return `| ${rule} | ${name} | ${found[rule] ?? 'information or not assessable'} | ${text.join('; ') || 'none'} |`;
});
const rules = new Set(rows.map((r) => r.rule)).size;
const table = [
  `${rules} rules, ${rows.length} defects.`,
  '',
  '| Rule | Defect | Raised | Others raised |',
  '| --- | --- | --- | --- |',
  ...lines,
].join('\n');
const path = join(import.meta.dirname, '../docs/quality.md');
const page = readFileSync(path, 'utf8');
writeFileSync(
  path,
  page.replace(
    /<!-- table -->[\s\S]*<!-- \/table -->/,
    () => `<!-- table -->\n\n${table}\n\n<!-- /table -->`,
  ),
);
spawnSync('npx', ['prettier', '--write', path], { stdio: 'inherit' });
process.exitCode = status ?? 1;
