import { defineConfig } from 'vitest/config';

// Unit tests stand beside their code; `tests/` holds what needs the whole. Browser and end-to-end suites have their own configuration.
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/conformance/**/*.test.ts', 'tests/fuzz/**/*.test.ts', 'tests/architecture/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
