import { BlockPages } from './block-pages.js';
import type { CaptureParts } from './capture.js';
import { Certificates } from './certificates.js';
import { CdpConnection, isEvent, type CdpEvent } from './connection.js';
import type { EvidenceBrowserOptions } from './evidence-browser.js';
import type { EvidenceHostPort, EvidenceSink } from './facts.js';
import { FeatureLog } from './feature-log.js';
import { FrameStream } from './frames.js';
import { IsolatedWorld } from './isolated-world.js';
import { NetworkQuiet } from './network-quiet.js';
import { PageResponses } from './page-responses.js';
import { PageDriver } from './page-driver.js';
import { PageGuard } from './page-guard.js';
import { PageListener } from './page-listener.js';
import { PageSteps } from './page-steps.js';
import { PageWatch } from './page-watch.js';
import { Passwords } from './passwords.js';
import { denyPermissions } from './permissions.js';
import { prepareTarget } from './prepare-target.js';
import { Recorder } from './recorder.js';
import { RefusalLog } from './refusal-log.js';
import { RequestGate } from './request-gate.js';
import { Sockets } from './sockets.js';
import { Targets, type AttachedTarget } from './targets.js';

/** Everything that makes one evidence browser. */
export interface Assembled {
  readonly connection: CdpConnection;
  readonly host: EvidenceHostPort;
  readonly sink: EvidenceSink;
  readonly targets: Targets;
  readonly refusals: RefusalLog;
  readonly gate: RequestGate;
  readonly responses: PageResponses;
  readonly features: FeatureLog;
  readonly frames: FrameStream;
  readonly watch: PageWatch;
  readonly driver: PageDriver;
  readonly certificates: Certificates;
  readonly passwords: Passwords;
  readonly sockets: Sockets;
  readonly world: IsolatedWorld;
  readonly page: AttachedTarget;
  readonly capture: CaptureParts;
  readonly product: string;
  readonly userAgent: string;
}

/** Puts one evidence browser together over a fresh browser's transport; nothing loads before everything is in place. */
export async function assemble({ transport, host, policy, sink, clock, viewport, clientHints }: EvidenceBrowserOptions): Promise<Assembled> {
  const connection = new CdpConnection(transport);
  const { root } = connection;
  const names = new Map<string, string>();
  const refusals = new RefusalLog(sink, () => recorder.current?.view ?? null);
  const recorder: Recorder = new Recorder(sink, refusals, (sessionId) => (sessionId === null ? '' : (names.get(sessionId) ?? '')));
  const passwords = new Passwords(refusals, sink, () => recorder.mainFrame);
  const gate = new RequestGate(root, policy, recorder, refusals, passwords);
  const certificates = new Certificates(root, recorder, refusals, sink);
  const sockets = new Sockets(sink, () => recorder.current?.view ?? null);
  const listener = new PageListener(refusals, { title: () => void watch?.look(), link: (sessionId, url) => recorder.clicked(sessionId, url) });
  const network = new NetworkQuiet();
  const responses = new PageResponses(recorder);
  const steps = new PageSteps();
  const features = new FeatureLog(root, refusals);
  let watch: PageWatch | null = null;
  const rest: { take(event: CdpEvent): void } = { take: () => undefined };
  const { product, userAgent: ownUserAgent } = await root.send('Browser.getVersion');
  const userAgent = ownUserAgent.replace('HeadlessChrome/', 'Chrome/');
  const guard: PageGuard = new PageGuard(refusals, (url) => void driver.follow(url));
  const targets: Targets = new Targets(connection, {
    prepare: (target) => {
      if (target.session.id !== null) names.set(target.session.id, target.info.targetId);
      prepareTarget(target, viewport, userAgent === ownUserAgent && clientHints === undefined ? null : userAgent, clientHints ?? null);
    },
    doomed: (targetId) => gate.doom(targetId),
    popup: () => guard.popup(),
    pageGone: () => {
      sink.closed('The page closed itself or stopped working.');
    },
  });
  connection.onEvent((event) => {
    if (gate.take(event) || targets.take(event)) return;
    recorder.take(event);
    guard.take(event);
    certificates.take(event);
    sockets.take(event);
    listener.take(event);
    network.take(event);
    gate.check?.take(event);
    responses.take(event);
    features.take(event);
    rest.take(event);
  });
  await gate.open();
  // A host that has no such count may leave the question without an answer.
  void features.start();
  await certificates.open();
  const { browserContextId } = await root.send('Target.createBrowserContext', { disposeOnDetach: true });
  await root.send('Browser.setDownloadBehavior', { behavior: 'deny', browserContextId, eventsEnabled: true });
  await denyPermissions(root, browserContextId);
  const page = await targets.open(browserContextId, viewport.width, viewport.height);
  recorder.watch(page.info.targetId);
  const { session } = page;
  recorder.onStop(() => session.tell('Page.stopLoading'));
  const world = new IsolatedWorld(session, page.info.targetId, () => recorder.current?.loaderId ?? '');
  const frames = new FrameStream(session, viewport);
  const watched = new PageWatch(session, recorder, sink);
  watch = watched;
  const blockPages = new BlockPages(world, recorder, policy, sink);
  const driver: PageDriver = new PageDriver({ session, world, recorder, refusals, steps, policy });
  recorder.onStep((step, loaderId) => {
    steps.take(step, loaderId);
    watched.changed();
    if (step === 'committed' && recorder.current !== null) features.arrived(recorder.current.view);
    else if (step === 'loaded') features.soon();
    if (step === 'loaded' || step === 'stopped') blockPages.look();
  });
  rest.take = (event) => {
    if (isEvent(event, 'Page.screencastFrame')) frames.take(event.params);
    else if (isEvent(event, 'Page.frameStartedLoading') && event.params.frameId === page.info.targetId) watched.loading(true);
    else if (isEvent(event, 'Page.frameStoppedLoading')) {
      if (event.params.frameId === page.info.targetId) watched.loading(false);
      else blockPages.lookInside(event.session, event.params.frameId);
    }
    else if (isEvent(event, 'Target.targetInfoChanged') && event.params.targetInfo.targetId === page.info.targetId) watched.changed();
    else if (isEvent(event, 'Inspector.targetCrashed') && event.session === session) sink.closed('The page stopped working.');
  };
  // The page is prepared by commands that were sent without waiting; this answer comes after all of theirs.
  await session.send('Page.getFrameTree');
  watched.start();
  return {
    connection, host, sink, targets, refusals, gate, responses, features, frames, watch: watched, driver, certificates, passwords, sockets, world, page, product, userAgent,
    capture: {
      session, world, recorder, network, responses, gate, clock, viewport, userAgent, browser: product,
      targets: () => targets.all(),
      title: async () => {
        await watched.look();
        return watched.title;
      },
    },
  };
}
