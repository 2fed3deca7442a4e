import type { HaltView } from '../../../src/ipc/case-view.js';
import { dateAndTime } from '../../logic/format.js';
import { Answers } from '../../ui/answers.js';

/** A case that is with the police: what both signed. */
export function HandedOver({ ended }: { readonly ended: NonNullable<HaltView['ended']> }) {
  return (
    <div className="stack halt-lead">
      <p className="lead">This case is with the police. Nothing can be added to it. You can read it and make bundles of it.</p>
      <Answers rows={[{ question: 'Signed', answer: `${dateAndTime(ended.at)}, ${ended.by.join(' and ')}` }, { question: 'Police reference', answer: ended.reference }, { question: 'Officer', answer: ended.officer }, { question: 'In their words', answer: ended.text }]} />
    </div>
  );
}
