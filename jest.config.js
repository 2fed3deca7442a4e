/** Jest runs what `tsc -b` compiled; nothing is transformed. */
export default {
  roots: ['<rootDir>/out/test'],
  testMatch: ['<rootDir>/out/test/**/*.test.js'],
  testEnvironment: 'node',
  transform: {},
  // Electron itself cannot be loaded in a test; see test/fakes/electron/README.md.
  moduleNameMapper: { '^electron/main$': '<rootDir>/out/test/fakes/electron/main.js' },
  testSequencer: '<rootDir>/build/jest-sequence.js',
  testTimeout: 60_000,
  maxWorkers: 2,
  // A worker that has grown large (images, the compiler) is replaced before its next file.
  workerIdleMemoryLimit: '512MB',
  reporters: ['default', '<rootDir>/build/jest-summary.js'],
};
