import { benchBrowsing } from './browsing.bench.js';
import { benchCapture } from './capture.bench.js';
import { benchExport } from './export.bench.js';
import { benchFirstBundle } from './first-bundle.bench.js';
import { benchLists } from './lists.bench.js';
import { benchPipeline } from './pipeline.bench.js';
import { benchScreens } from './screens.bench.js';
import { benchStop } from './stop.bench.js';
import { benchVault } from './vault.bench.js';

/** Names of what is to be measured; without any, everything. */
const wanted = process.argv.slice(2);

/** One JSON line per figure on standard output, each with the peer measured in the same run; what is being done goes to standard error. */
for (const [name, bench] of [['capture', benchCapture], ['browsing', benchBrowsing], ['pipeline', benchPipeline], ['vault', benchVault], ['export', benchExport], ['lists', benchLists], ['stop', benchStop], ['screens', benchScreens], ['first-bundle', benchFirstBundle]] as const) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`measuring: ${name}\n`);
  for (const figure of await bench()) process.stdout.write(`${JSON.stringify(figure)}\n`);
}
