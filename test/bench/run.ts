import { benchCapture } from './capture.bench.js';
import { benchLists } from './lists.bench.js';
import { benchPipeline } from './pipeline.bench.js';
import { benchScreens } from './screens.bench.js';
import { benchVault } from './vault.bench.js';
import { benchVerify } from './verify.bench.js';

/** One JSON line per figure on standard output, each with the peer measured in the same run; what is being done goes to standard error. */
for (const [name, bench] of [['capture', benchCapture], ['pipeline', benchPipeline], ['vault', benchVault], ['verify', benchVerify], ['lists', benchLists], ['screens', benchScreens]] as const) {
  process.stderr.write(`measuring: ${name}\n`);
  for (const figure of await bench()) process.stdout.write(`${JSON.stringify(figure)}\n`);
}
