import { writeSync } from 'node:fs';
import { Heard, enginePorts } from '../unit/engine/support.js';
import { Engine } from '../../src/engine/engine.js';
import { JMK, PAS, TestClock } from '../unit/vault/support.js';

/*
 * The child of the halt's fault test: opens a case with a page open in it and halts it, by STOP and its answer or by what follows
 * a declaration that suspects. It says `key` right before, `stopped` once STOP or the declaration's halt has been acknowledged,
 * `halted` once the answer has; then it waits to be killed.
 */
const [folder = '', reference = '', way = 'stop'] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);

const engine = await Engine.start(folder, true, enginePorts(new TestClock()), new Heard());
await engine.signIn(PAS, JMK);
await engine.openCase({ reference, reason: 'A report', subject: 'pupil', suspected: [], first: PAS, second: JMK });
const { record } = engine.openedCase.context;
await record.add('sitting-started', ['PAS', 'JMK'], {
  reviewers: ['PAS', 'JMK'], app: 'x', host: 'chromium', browser: 'x', userAgent: 'x', viewport: { width: 1, height: 1, scale: 1 }, machine: { hostname: 'x', system: 'x' }, timeZone: 'UTC', utcOffsetMinutes: 0,
});
await record.add('navigation-in-page', ['app'], { view: 'v1', target: 't', frame: 'f', main: true, url: 'http://flagged.test/', cause: 'link' });
say('key');
const key = performance.now();
const { halt } = engine.openedCase;
await (way === 'stop' ? halt.stop('PAS') : halt.begin('PAS', 'declared-suspected', { view: 'v1', url: 'http://flagged.test/' }));
say(`stopped ${(performance.now() - key).toFixed(1)}`);
if (way === 'stop') await halt.answer('PAS', 'stop-suspected', '');
say('halted');
setInterval(() => undefined, 1_000);
