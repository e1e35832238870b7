// npm test: sets up, builds, and runs every check of the project, from a fresh clone on. All steps run; the end says which failed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { install } from './install.mjs';

const root = dirname(import.meta.dirname);
install();
const { ensureBrowser } = await import('./browser.mjs');
process.env.CHROMIUM = ensureBrowser();
const { ensureValidator } = await import('./validator.mjs');
if (!ensureValidator())
  process.stdout.write('dciodvfy (dicom3tools) is absent: exports are not validated by it\n');
const results = join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const node = (...args) => [process.execPath, ...args];
const bin = (name, ...args) => [join(root, 'node_modules/.bin', name), ...args];
const vitest = (report, ...args) =>
  bin(
    'vitest',
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=test-results/${report}.json`,
  );

const STEPS = [
  ['build', node('scripts/build.mjs')],
  ['format', bin('prettier', '--check', '--log-level=warn', '.')],
  ['types', bin('tsc', '-p', 'tsconfig.domain.json')],
  ['types of everything', bin('tsc', '-p', 'tsconfig.json')],
  ['types of components', bin('svelte-check', '--tsconfig', 'tsconfig.page.json', '--threshold', 'warning')],
  ['lint', bin('eslint', '--max-warnings=0', '.')],
  ['dependency rule', bin('depcruise', 'src', '--config', '.dependency-cruiser.cjs', '--output-type', 'err')],
  ['dead code', bin('knip', '--no-progress')],
  ['licences', node('scripts/licences.mjs')],
  ['bundle size', bin('size-limit')],
  ['unit, conformance, fuzz', vitest('node')],
  ['in the browser', vitest('browser', '--config', 'vitest.browser.config.ts')],
  ['end to end', vitest('end-to-end', '--config', 'vitest.end-to-end.config.ts')],
];

const only = process.argv.slice(2);
const failed = [];
for (const [name, [command, ...args]] of STEPS) {
  if (only.length > 0 && !only.some((o) => name.includes(o))) continue;
  const start = Date.now();
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  process.stdout.write(
    `== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - start) / 1000).toFixed(1)} s\n`,
  );
  if (status !== 0) failed.push(name);
  if (name === 'build' && status !== 0) break;
}

const total = { passed: 0, failed: 0, skipped: 0 };
for (const report of ['node', 'browser', 'end-to-end']) {
  try {
    const r = JSON.parse(readFileSync(join(results, `${report}.json`), 'utf8'));
    total.passed += r.numPassedTests;
    total.failed += r.numFailedTests;
    total.skipped += r.numPendingTests + (r.numTodoTests ?? 0);
  } catch {
    // the step did not run or died before its report: it stands in the list of failures
  }
}
if (failed.length > 0) process.stdout.write(`\nfailed steps: ${failed.join(', ')}\n`);
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exit(failed.length > 0 ? 1 : 0);
