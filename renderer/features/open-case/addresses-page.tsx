import { addressesIn } from '../../logic/address-list.js';
import { count } from '../../logic/format.js';
import { practiceAddresses } from '../../logic/practice.js';
import { useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { CheckboxGroup } from '../../ui/choices.js';
import { problemOf } from '../../ui/error-summary.js';
import { QuestionPage } from '../../ui/question-page.js';
import { TextArea } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { wrongAddress } from './wrong-address.js';
import { MOST_REPORTED, sortedAddresses, type CasePageProps } from './case-answers.js';

/** Asks which addresses were reported, and which of them are never opened. */
export function AddressesPage({ answers, caption, onChange, onDone, onBack }: CasePageProps) {
  const action = useAction();
  const practice = useScreens((screens) => screens.app?.practice);
  const typed = addressesIn(answers.addresses);
  const { never } = sortedAddresses(answers);
  const submit = (): void => {
    const sentence = typed.length > MOST_REPORTED ? `Enter at most ${MOST_REPORTED} addresses. You have entered ${typed.length}` : wrongAddress(typed);
    if (action.check(sentence === null ? [] : [{ field: 'addresses', sentence }])) onDone();
  };
  return (
    <QuestionPage
      title="Which addresses were reported?" caption={caption} problems={action.problems} submit="Continue" onSubmit={submit} onBack={onBack}
      intro={<p>They are offered to you when you browse. If you have none, leave this empty. Nothing is opened now.</p>}
    >
      <TextArea id="addresses" label="Addresses" hint="One address on each line." rows={4} mono value={answers.addresses} onChange={(addresses) => { onChange({ addresses }); }} error={problemOf(action.problems, 'addresses')} />
      {practice !== undefined && typed.length === 0 && <p><Button onPress={() => { onChange({ addresses: practiceAddresses(practice.site).join('\n') }); }}>Put in the addresses of the practice</Button></p>}
      {typed.length > 0 && typed.length <= MOST_REPORTED && (
        <CheckboxGroup
          id="suspected" label="Suspected child sexual abuse: never open" hint="Tick every address that might show the sexual abuse of a child. It is never opened on this computer. Report it to the police."
          options={typed.map((address) => ({ id: address, title: address }))} value={never} onChange={(suspected) => { onChange({ suspected }); }}
        />
      )}
      <p className="unseen" role="status">{typed.length === 0 ? '' : `${count(typed.length, 'address', 'addresses')}, ${never.length} never opened`}</p>
    </QuestionPage>
  );
}
