import { FileCheck2, Hand, TriangleAlert } from 'lucide-react';
import { create } from 'zustand';
import { RECIPIENTS } from '../../../src/investigation/policy/outcomes.js';
import type { CopyMade } from '../../../src/ipc/disclosure-contract.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import { client } from '../../client.js';
import { count, grouped, listOf, shortDateAndTime, size } from '../../logic/format.js';
import { attempt, goTo } from '../../store.js';
import { Button } from '../../ui/button.js';
import { FilePath } from '../../ui/file-path.js';
import { Words } from '../../ui/words.js';
import { ShowFile } from './show-file.js';
import './export.css';

/** The copy that a hand-over is about, and where its receipt was saved last. */
interface Chosen {
  readonly copy: number | null;
  readonly saved: { readonly copy: number; readonly path: string } | null;
}

/** See {@link Chosen}. */
export const useCopies = create<Chosen>(() => ({ copy: null, saved: null }));

/** Chooses the copy that the next hand-over is about. */
export function chooseCopy(copy: number): void {
  useCopies.setState({ copy });
}

/** Title of whoever a copy is for. */
export function recipientTitle(recipient: string): string {
  return RECIPIENTS.find((each) => each.id === recipient)?.title ?? recipient;
}

/** Every bundle that was made of the case, newest first: its fingerprint, and who has it. */
export function CopiesMade({ view }: { readonly view: CaseView }) {
  const { saved } = useCopies();
  const save = (copy: CopyMade): void => {
    attempt(client.call('receipt.save', { export: copy.export, folder: null }).then(({ path }) => { useCopies.setState({ saved: { copy: copy.export, path } }); }));
  };
  return (
    <ul className="bundles">
      {[...(view.copies ?? [])].reverse().map((copy) => (
        <li key={copy.export} className="stack-tight">
          <p><b>{recipientTitle(copy.recipient)}</b> <span className="muted">{shortDateAndTime(copy.at)}, entry {copy.export}</span></p>
          {copy.tagManifest === null
            ? <p className="small"><TriangleAlert size={16} className="inline-icon" aria-hidden="true" />This bundle was not finished. Nothing was left of it.</p>
            : (
              <>
                <p className="small">{count(copy.files, 'file')}, {size(copy.bytes)}{copy.withheld === 0 ? '' : ` · ${count(copy.withheld, 'thing')} withheld`}</p>
                {view.exports.filter((made) => made.tagManifest === copy.tagManifest).map((made) => <p key={made.path} className="small"><FilePath path={made.path} /></p>)}
                <Words words={copy.words} label="Words of the bundle" />
                <p className="small mono muted wrap-anywhere"><span className="unseen">Fingerprint </span>{grouped(copy.tagManifest)}</p>
                <Received copy={copy} />
                <div className="row">
                  <Button onPress={() => { chooseCopy(copy.export); goTo('hand-over'); }}><Hand size={18} aria-hidden="true" />Write down who has it<span className="unseen"> for {recipientTitle(copy.recipient)}, {shortDateAndTime(copy.at)}</span></Button>
                  {view.exports.filter((made) => made.tagManifest === copy.tagManifest).map((made) => <ShowFile key={made.path} path={made.path} of={`${recipientTitle(copy.recipient)}, ${shortDateAndTime(copy.at)}`} />)}
                  <Button onPress={() => { save(copy); }}><FileCheck2 size={18} aria-hidden="true" />Save the receipt<span className="unseen"> for {recipientTitle(copy.recipient)}, {shortDateAndTime(copy.at)}</span></Button>
                </div>
                <p className="small" role="status">{saved?.copy === copy.export && <>Saved: <FilePath path={saved.path} /></>}</p>
              </>
            )}
        </li>
      ))}
    </ul>
  );
}

function Received({ copy }: { readonly copy: CopyMade }) {
  if (copy.received.length === 0) return <p className="small muted">Nobody is written down yet as having it.</p>;
  return (
    <ul className="received">
      {copy.received.map((each) => (
        <li key={each.seq}>
          <p><b>{each.name}</b>{each.position === '' ? '' : `, ${each.position}`} <span className="muted small">{shortDateAndTime(each.at)}, written down by {listOf(each.by)}</span></p>
          {each.wordsMatch === true && <p className="small">The words that they read out are right.</p>}
          {each.wordsMatch === false && <p className="small received-wrong"><TriangleAlert size={16} className="inline-icon" aria-hidden="true" />The words that they read out are not those of this bundle.</p>}
          {each.receipt !== null && <p className={each.receipt.verdict === 'changed' ? 'small received-wrong' : 'small'}>Their own check of {shortDateAndTime(each.receipt.checkedAt)}: {each.receipt.verdict === 'changed' ? 'the bundle was changed' : 'unchanged'}.</p>}
          {each.note !== '' && <p className="small">“{each.note}”</p>}
        </li>
      ))}
    </ul>
  );
}
