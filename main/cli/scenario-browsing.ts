import type { Engine } from '../../src/engine/engine.js';
import type { Step } from './scenario.js';

/** What a scenario does in the evidence browser. */
export type BrowsingStep = Extract<Step, { do: 'goto' | 'click' | 'type' | 'back' | 'forward' | 'reload' | 'scroll' | 'wait' }>;

/** Does a step of a scenario in the evidence browser, which the first address starts. Gives what was done, in words. @throws CodedError `browse.*`, `browser.*`, `case.*` */
export async function browse(engine: Engine, step: BrowsingStep): Promise<string> {
  const open = engine.openedCase;
  if (step.do === 'goto') await open.startBrowsing();
  if (step.do === 'wait' && step.selector === undefined) {
    await new Promise((resolve) => setTimeout(resolve, step.ms ?? 0));
    return `${step.ms ?? 0} ms`;
  }
  const sitting = open.browsing;
  switch (step.do) {
    case 'goto':
      await sitting.goto(step.url);
      return `opened ${step.url}`;
    case 'click':
      await sitting.visit((browser) => browser.click(step.selector));
      return step.selector;
    case 'type':
      await sitting.visit((browser) => browser.type(step.selector, step.text));
      return step.selector;
    case 'scroll':
      await sitting.visit((browser) => browser.scrollTo(step.y));
      return `to ${step.y} px`;
    case 'wait': {
      const { selector } = step;
      if (selector !== undefined) await sitting.visit((browser) => browser.waitForSelector(selector, 30_000));
      if (step.ms !== undefined) await new Promise((resolve) => setTimeout(resolve, step.ms));
      return selector ?? `${step.ms ?? 0} ms`;
    }
    default:
      await sitting.visit((browser) => browser[step.do]());
      return 'done';
  }
}
