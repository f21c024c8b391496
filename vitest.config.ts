import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Generous: a test says what must be true, not how fast the machine is. `npm run bench` measures.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
