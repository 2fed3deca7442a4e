import { describeContract } from './contract-suite.js';
import { SharedBrowser } from './shared-browser.js';
import { WHOLE_CONTRACT } from './whole-contract.js';

const shared = new SharedBrowser();
describeContract('the Chromium host keeps the contract', WHOLE_CONTRACT, (sink, policy) => shared.open(sink, policy), () => shared.end());
