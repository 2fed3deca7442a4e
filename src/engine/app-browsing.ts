import { CodedError, isCoded } from '../record/coded-error.js';
import type { Handlers } from '../ipc/dispatch.js';
import type { AppContext } from './app.js';
import type { OpenCase } from './open-case.js';
import type { EvidenceBrowser } from '../cdp/evidence-browser.js';
import { imagePreview } from '../cdp/image-preview.js';
import { readExhibitPart } from './exhibit-parts.js';
import { fromCanvas } from './view-input.js';

type BrowseCalls =
  | 'pre-flight.read' | 'pre-flight.add' | 'browse.start' | 'browse.goto' | 'browse.back' | 'browse.forward' | 'browse.reload' | 'browse.stop' | 'question.answer' | 'view.show' | 'view.input' | 'shield.set' | 'shield.hold' | 'text-first.set' | 'controls.take' | 'where-from.ask' | 'concern.add' | 'note.add';
type CaptureCalls =
  | 'capture.prepare' | 'capture.measure' | 'capture.finish' | 'capture.list' | 'capture.list-skip' | 'capture.list-stop' | 'capture.preview' | 'capture.declare' | 'capture.discard' | 'exhibit.preview';

/** What the screens ask of the browser and of the written part of a case. */
export function browseHandlers({ engine, changed }: AppContext): Pick<Handlers, BrowseCalls> {
  const browsing = (): Promise<OpenCase> => startedBrowsing(engine);
  const step = (work: (browser: EvidenceBrowser) => Promise<void>) => async (): Promise<null> => {
    await shown(engine.openedCase.browsing.visit(work));
    return null;
  };
  return {
    'pre-flight.read': () => engine.preFlight.read(),
    'pre-flight.add': async (answers) => {
      await engine.preFlight.add(answers);
      return null;
    },
    'browse.start': async () => {
      await browsing();
      return null;
    },
    'browse.goto': async ({ url }) => {
      const open = await browsing();
      await shown(open.browsing.goto(url));
      return null;
    },
    'browse.back': step((browser) => browser.back()),
    'browse.forward': step((browser) => browser.forward()),
    'browse.reload': step((browser) => browser.reload()),
    'browse.stop': step((browser) => browser.stopLoading()),
    'question.answer': async ({ id, by, answer }) => {
      await shown(engine.openedCase.browsing.questions.answer(id, by, answer));
      return null;
    },
    'view.show': () => {
      engine.case?.sitting?.showFrame();
      return Promise.resolve(null);
    },
    'view.input': async (event) => {
      await engine.openedCase.browsing.visit((browser) => browser.input(fromCanvas(event)));
      return null;
    },
    'shield.set': async ({ on }) => {
      await engine.openedCase.browsing.shield(on);
      changed();
      return null;
    },
    'shield.hold': async ({ x, y, down }) => {
      await engine.openedCase.browsing.holdShield(x === null || y === null ? null : { x, y }, down);
      return null;
    },
    'text-first.set': async ({ on }) => {
      await engine.openedCase.browsing.textFirst(on);
      changed();
      return null;
    },
    'where-from.ask': async ({ by }) => {
      await engine.openedCase.browsing.askWhereFrom(by);
      return null;
    },
    'controls.take': async ({ initials }) => {
      await engine.openedCase.takeControls(initials);
      return null;
    },
    'concern.add': async ({ by, category, description }) => {
      await engine.addConcern(by, category, description);
      changed();
      return null;
    },
    'note.add': async ({ by, text }) => {
      await engine.openedCase.addNote(by, text);
      return null;
    },
  };
}

/** What the screens ask of captures and exhibits. */
export function captureHandlers({ engine }: AppContext): Pick<Handlers, CaptureCalls> {
  const pending = (id: string) => {
    const { pending: held } = engine.openedCase.captures;
    if (held?.composite.id !== id) throw new CodedError('capture.none', 'There is nothing to keep. Take the page first.');
    return held;
  };
  // The last of which the screens were given something to show.
  let shownId: string | null = null;
  return {
    'capture.prepare': async (asked) => {
      await engine.openedCase.prepareCapture(asked.form === 'series' ? { form: 'series', everyMs: asked.everySeconds * 1_000, count: asked.count } : asked);
      return null;
    },
    'capture.measure': async () => {
      const { size, parts, scroll } = await engine.openedCase.browsing.browser.measure();
      return { ...size, parts, scroll };
    },
    'capture.finish': () => {
      engine.openedCase.captures.finish();
      return Promise.resolve(null);
    },
    'capture.list': async ({ urls, form }) => {
      const open = await startedBrowsing(engine);
      open.list.start(urls, form);
      return null;
    },
    'capture.list-skip': async () => {
      await engine.openedCase.list.skip();
      return null;
    },
    'capture.list-stop': () => {
      engine.openedCase.list.stop();
      return Promise.resolve(null);
    },
    'capture.preview': async ({ id, row, height, maxWidth }) => {
      const slice = await pending(id).composite.preview(row, height, maxWidth);
      shownId = id;
      return { mediaType: mediaTypeOf(slice), base64: Buffer.from(slice).toString('base64') };
    },
    'capture.declare': async ({ id, by, answer, note, account }) => {
      // Nobody can say of a picture that it may be kept before there was anything of it to see; what they suspect they may say at once.
      if (pending(id).composite.image !== null && answer === 'not-suspected' && shownId !== id) throw new CodedError('capture.not-shown', 'The picture is not on the screen yet. Wait until it is, look at it, then answer.');
      try {
        const { exhibit } = await engine.openedCase.declare(by, answer, note, account);
        return { exhibit };
      } catch (error) {
        // The halt has begun and the screen shows it; it is what was asked for and not an error.
        if (isCoded(error, 'gate.declared')) return null;
        throw error;
      }
    },
    'capture.discard': async ({ id }) => {
      pending(id);
      await engine.openedCase.captures.discard();
      return null;
    },
    'exhibit.preview': async ({ reference, maxWidth }) => {
      const { context } = engine.openedCase;
      const { record } = context;
      const exhibit = record.state.exhibits.find((each) => each.reference === reference);
      if (exhibit === undefined) throw new CodedError('exhibit.unknown', 'There is no such exhibit in this case.');
      if (exhibit.capture.image === null || (!exhibit.quarantined && record.state.halt?.released === false)) return null;
      const image = await imagePreview(await readExhibitPart(context, reference, 'page.png'), maxWidth);
      return { mediaType: mediaTypeOf(image), base64: Buffer.from(image).toString('base64') };
    },
  };
}

/** The open case with its browser running. @throws CodedError `pre-flight.first`: nobody browses before the questions are answered */
async function startedBrowsing(engine: AppContext['engine']): Promise<OpenCase> {
  const open = engine.openedCase;
  if (open.sitting === null) engine.preFlight.demandDone();
  await open.startBrowsing();
  return open;
}

/** A page that could not be opened shows as such in the view and in the record; the call itself has done its work. */
async function shown(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isCoded(error, 'browser.load-failed') && !isCoded(error, 'browser.address-refused')) throw error;
  }
}

function mediaTypeOf(image: Uint8Array): string {
  return image[0] === 0x89 ? 'image/png' : 'image/jpeg';
}
