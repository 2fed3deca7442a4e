import { hostname } from 'node:os';
import { PAGE_TOUCHES } from '../investigation/policy/browser.js';
import type { EntryData } from '../record/kinds.js';
import type { EvidenceBrowser } from '../cdp/evidence-browser.js';
import type { Viewport } from '../cdp/facts.js';
import type { CaseContext } from './case-context.js';
import { zoneAt } from './clock-check.js';

/** Size of every page in the view, in CSS pixels: fixed before the first page loads, so that what is captured is what was seen. */
export const VIEWPORT: Viewport = { width: 1280, height: 800, scale: 1 };

/** Whether pages may be heard, and play by themselves, in a sitting that starts now. */
export function mediaOf(context: CaseContext): { readonly sound: boolean; readonly autoplay: boolean } {
  const { sound = false, autoplay = false } = context.settings();
  return { sound, autoplay };
}

/** What the record says of a sitting that begins: who, with what, where, and what the app does to pages. */
export function sittingFacts(context: CaseContext, browser: EvidenceBrowser): EntryData<'sitting-started'> {
  const { machine, ports: { host, versions, clock } } = context;
  const { sound, autoplay } = mediaOf(context);
  return {
    reviewers: [...context.reviewers],
    app: versions.app,
    host: host.kind,
    browser: browser.product,
    userAgent: browser.userAgent,
    viewport: VIEWPORT,
    machine: { hostname: hostname(), system: versions.system, ...(machine === null ? {} : { id: machine.id }) },
    ...zoneAt(clock.now()),
    touches: [...PAGE_TOUCHES],
    proxy: context.network().proxy,
    sound: sound ? 'on' : 'off',
    autoplay: autoplay ? 'on' : 'off',
  };
}
