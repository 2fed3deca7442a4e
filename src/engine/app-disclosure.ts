import type { Handlers } from '../ipc/dispatch.js';
import { CodedError } from '../record/coded-error.js';
import { withheldThing, withholdingReason } from '../investigation/policy/withholding.js';
import type { AppContext } from './app.js';
import { receiptName, receiptPdf } from './copy-receipts.js';
import { markingOf } from './exporting.js';
import { planDisclosure } from './disclosure.js';
import { outOfReach } from './exhibit-parts.js';
import { addHandOver, readReceipt } from './hand-overs.js';
import { MOST_CHARACTERS } from './returned-receipt.js';
import { reviewOf } from './review.js';
import { wholeRecord } from './whole-record.js';

type DisclosureCalls = 'review.read' | 'exhibit.slice' | 'exhibit.showing' | 'exhibit.text' | 'addendum.add' | 'redaction.make' | 'export.plan' | 'bundle.show' | 'receipt.save' | 'receipt.read' | 'receipt.open' | 'received.add';

/** What the screens ask when a case is looked through, disclosed and handed over. */
export function disclosureHandlers({ engine, ports, exports }: AppContext): Pick<Handlers, DisclosureCalls> {
  return {
    'review.read': () => reviewOf(engine.openedCase.context),
    'exhibit.slice': async (asked) => {
      const png = await engine.openedCase.review.viewer.slice(asked);
      return png === null ? null : { mediaType: 'image/png', base64: Buffer.from(png).toString('base64') };
    },
    'exhibit.showing': ({ references }) => {
      engine.openedCase.review.viewer.show(references);
      return Promise.resolve(null);
    },
    'exhibit.text': async ({ reference }) => ({ text: await engine.openedCase.review.viewer.text(reference) }),
    'addendum.add': async ({ by, to, text, told }) => {
      await engine.openedCase.addWords(by, to, text, told);
      return null;
    },
    'redaction.make': async ({ by, reference, boxes }) => {
      const { number, result } = await engine.openedCase.review.redact(by, reference, boxes);
      return { number, sha256: result };
    },
    'export.plan': async ({ recipient, disclosure }) => {
      const record = await wholeRecord(engine.openedCase.context);
      const { rows, hidden, exhibits, views } = planDisclosure(record, recipient, disclosure);
      return {
        exhibits: exhibits.length, redacted: exhibits.filter((each) => each.redaction !== null).length, entries: record.entries.length, withheldEntries: hidden.size, quarantined: outOfReach(record).size, views,
        rows: rows.map((row) => ({ what: withheldThing(row.what, row.exhibit, row.redaction), why: withholdingReason(row.reason), words: row.words, entries: row.entries.reduce((sum, [from, to]) => sum + to - from + 1, 0) })),
      };
    },
    'bundle.show': async ({ path }) => {
      // The screens may name what this app made, and nothing else of the computer.
      if (ports.bundles === undefined || !exports.some((made) => made.path === path)) throw new CodedError('folders.not-there', 'This file cannot be shown from here. Open its folder yourselves.');
      await ports.bundles.show(path);
      return null;
    },
    'receipt.save': async ({ export: seq, folder }) => {
      const { context } = engine.openedCase;
      if (ports.folders === undefined) throw new CodedError('folders.not-writable', 'Nothing can be written here. Ask for help.');
      const { opened, copies } = context.record.state;
      const name = `${opened.reference.replace(/[^A-Za-z0-9-]+/g, '-')}-${copies.find((each) => each.seq === seq)?.export.recipient ?? 'copy'}`;
      return { path: await ports.folders.save(folder ?? ports.exportFolder, receiptName(name), await receiptPdf(context, seq, null, markingOf(context))) };
    },
    'receipt.read': ({ text }) => Promise.resolve().then(() => readReceipt(engine.openedCase.context.record, text)),
    'receipt.open': async ({ path }) => {
      if (ports.folders === undefined) throw new CodedError('folders.none', 'Files cannot be chosen here.');
      const text = new TextDecoder().decode(await ports.folders.read(path, MOST_CHARACTERS));
      // What is no receipt of this case goes no further.
      return { text, receipt: readReceipt(engine.openedCase.context.record, text) };
    },
    'received.add': ({ by, ...handOver }) => addHandOver(engine.openedCase.context, by, handOver),
  };
}
