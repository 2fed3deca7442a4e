import { useState } from 'react';
import type { DestructionView } from '../../../src/ipc/admin-state.js';
import { client } from '../../client.js';
import { count, dateAndTime, listOf, shortDateAndTime } from '../../logic/format.js';
import { Answers } from '../../ui/answers.js';
import { Button } from '../../ui/button.js';
import { Loading } from '../../ui/loading.js';
import { useLoaded } from '../../ui/use-loaded.js';
import { Words } from '../../ui/words.js';
import { RegisterHeading } from './register-form.js';
import { SaveSheet } from './save-sheet.js';

const fetchDestructions = async (): Promise<readonly DestructionView[]> => (await client.call('destructions.list', {})).destructions;

/** Every case that was destroyed, with its certificate. */
export function DestructionsPage() {
  const { loaded, reload } = useLoaded(fetchDestructions);
  const [shown, setShown] = useState<DestructionView | null>(null);
  if (shown !== null) {
    return (
      <div className="stack-wide">
        <RegisterHeading title={`Certificate of destruction, case ${shown.reference}`} />
        <DestructionFacts certificate={shown} facts={[]} />
        <Button onPress={() => { setShown(null); }}>Back to all certificates</Button>
      </div>
    );
  }
  return (
    <div className="stack-wide">
      <RegisterHeading title="Certificates of destruction"><p className="lead">What is left of a destroyed case: that there was one, who destroyed it, when and why.</p></RegisterHeading>
      <Loading what="the certificates" loaded={loaded} reload={reload}>
        {(destructions) => destructions.length === 0
          ? <p>No case has been destroyed on this computer.</p>
          : (
            <ul className="register-rows" aria-label="Certificates">
              {[...destructions].sort((a, b) => b.at.localeCompare(a.at)).map((each) => (
                <li key={each.id}>
                  <p><Button look="link" onPress={() => { setShown(each); }}>{each.reference}</Button> <span className="muted">{shortDateAndTime(each.at)}, {listOf(each.by)}</span></p>
                  <p className="wrap-anywhere">{each.reason}</p>
                </li>
              ))}
            </ul>
          )}
      </Loading>
    </div>
  );
}

/** A certificate in full, what is certain of the destruction, and the way to save it. */
export function DestructionFacts({ certificate, facts }: { readonly certificate: DestructionView; readonly facts: readonly string[] }) {
  return (
    <div className="stack-wide">
      {facts.length > 0 && <section className="stack-tight"><h2>What is certain, and what is not</h2><ul className="bullets measure">{facts.map((fact) => <li key={fact}>{fact}</li>)}</ul></section>}
      <Answers
        rows={[
          { question: 'Reference', answer: certificate.reference }, { question: 'Destroyed', answer: dateAndTime(certificate.at) }, { question: 'By', answer: listOf(certificate.by) }, { question: 'Reason', answer: certificate.reason },
          { question: 'What there was', answer: `${count(certificate.entries, 'entry', 'entries')} and ${count(certificate.evidenceFiles, 'evidence file')}` },
        ]}
      />
      {certificate.words.length > 0 && <section className="stack-tight"><h2>The last eight words of the record</h2><p>They match the paper form of that case.</p><Words words={certificate.words} label="Words of the record" /></section>}
      <section className="stack-tight"><h2>Save the certificate</h2><SaveSheet id="certificate-folder" save={(folder) => client.call('destruction.save', { id: certificate.id, folder })} /></section>
    </div>
  );
}
