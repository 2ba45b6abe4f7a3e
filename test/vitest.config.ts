import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  cacheDir: '../node_modules/.vite',
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    exclude: ['machine/**', 'bench/**', '**/node_modules/**'],
    testTimeout: 20_000,
    // No test is about how long it takes to get ready.
    hookTimeout: 120_000,
    // Most of them wait for a timer or a socket: more workers than processors.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // A worker loads the program once, not anew for each file: a third of all the time.
    isolate: false,
  },
})
