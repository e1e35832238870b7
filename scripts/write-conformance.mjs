// Runs the conformance tests and writes what they found to docs/conformance.md and docs/pyradiomics.md.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';

const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    'tests/conformance/ibsi1-values.test.ts',
    'tests/conformance/pyradiomics.test.ts',
  ],
  {
    cwd: dirname(import.meta.dirname),
    stdio: 'inherit',
    env: { ...process.env, WRITE_CONFORMANCE: '1' },
  },
);
process.exit(status ?? 1);
