import { benchCapture } from './capture.bench.js';
import { benchExport } from './export.bench.js';
import { benchLists } from './lists.bench.js';
import { benchPipeline } from './pipeline.bench.js';
import { benchVault } from './vault.bench.js';

/** One JSON line per figure on standard output, each with the peer measured in the same run; what is being done goes to standard error. */
for (const [name, bench] of [['capture', benchCapture], ['pipeline', benchPipeline], ['vault', benchVault], ['export', benchExport], ['lists', benchLists]] as const) {
  process.stderr.write(`measuring: ${name}\n`);
  for (const figure of await bench()) process.stdout.write(`${JSON.stringify(figure)}\n`);
}
