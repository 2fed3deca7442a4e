import type { EvidenceBrowser } from '../cdp/evidence-browser.js';

/** How long the page may take to come to rest before the keys go all the same. */
const QUIET_MS = 2_000;

/** Stops what is loading and waits until the page has come to rest, two seconds at most. Never throws. */
export async function comeToRest(browser: EvidenceBrowser): Promise<void> {
  const quiet = async (): Promise<void> => {
    await browser.stopFrames();
    await browser.stopLoading();
    await browser.settle();
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => (timer = setTimeout(done, QUIET_MS)));
  await Promise.race([quiet().catch(() => undefined), late]);
  clearTimeout(timer);
}
