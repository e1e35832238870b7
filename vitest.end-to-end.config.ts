import { defineConfig } from 'vitest/config';

// The built page as a person uses it, in Debian's Chromium.
export default defineConfig({
  test: {
    include: ['tests/end-to-end/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
