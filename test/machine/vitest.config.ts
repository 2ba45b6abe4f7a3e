import { defineConfig } from 'vitest/config'

export default defineConfig({
  cacheDir: '../../node_modules/.vite',
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 300_000,
    // `until` waits so many times as long as in the other tests, which have to be over in 20 seconds.
    env: { PATIENCE: '10' },
    // They have terminals, browsers and whole fleets to wait for, on however many processors.
    fileParallelism: false,
  },
})
