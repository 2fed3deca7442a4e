import type { Protocol } from 'devtools-protocol';
import type { Viewport } from './facts.js';
import { BODIES_KEPT } from './page-responses.js';
import { PageListener } from './page-listener.js';
import type { AttachedTarget } from './targets.js';

/** The renderer keeps no body for us: a capture asks the network process. (Zero means "no limit of ours", so one byte.) */
const NO_BODIES = { maxTotalBufferSize: 1, maxResourceBufferSize: 1 } as const;

/**
 * Sends a new target the commands that make it ours, without waiting: the browser carries them out in order, and the
 * target begins to run only after the last.
 *
 * `userAgent` is null where the browser was started with the right one, `hints` where it makes the right client hints of it.
 */
export function prepareTarget({ session, kind }: AttachedTarget, viewport: Viewport, userAgent: string | null, hints: Protocol.Emulation.UserAgentMetadata | null = null): void {
  session.tell('Network.enable', NO_BODIES);
  session.tell('Network.configureDurableMessages', BODIES_KEPT);
  if (userAgent !== null) session.tell('Emulation.setUserAgentOverride', { userAgent, ...(hints === null ? {} : { userAgentMetadata: hints }) });
  if (kind === 'worker') return;
  session.tell('Page.enable');
  session.tell('Page.setInterceptFileChooserDialog', { enabled: true, cancel: true });
  // The browser writes to its log what a page asked for and was denied.
  session.tell('Log.enable');
  session.tell('Input.setInterceptDrags', { enabled: true });
  PageListener.prepare(session);
  if (kind !== 'page') return;
  session.tell('Inspector.enable');
  // Width and scale are fixed before the first load: changing them later would fetch other images.
  session.tell('Emulation.setDeviceMetricsOverride', { width: viewport.width, height: viewport.height, deviceScaleFactor: viewport.scale, mobile: false });
  session.tell('Emulation.setScrollbarsHidden', { hidden: true });
  // A hidden page would be told that nobody looks at it, and would hold back what it shows.
  session.tell('Emulation.setFocusEmulationEnabled', { enabled: true });
}
