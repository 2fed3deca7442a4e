import { writeSync } from 'node:fs';

/** The last line of a test run, alone and easy to read for people and programs: `214 passed, 0 failed, 14 skipped`. */
export default class JestSummary {
  onRunComplete(_contexts, results) {
    // A file that does not even load has no failed tests of its own, and counts as one.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`;
    // Jest's own reporters still hold back what they print.
    process.once('exit', () => {
      writeSync(1, line);
    });
  }
}
