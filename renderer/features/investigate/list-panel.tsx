import { client } from '../../client.js';
import { addressesIn, listProblem, MOST_ADDRESSES } from '../../logic/address-list.js';
import { count } from '../../logic/format.js';
import { draft, dropDraft, useScreens } from '../../store.js';
import { RadioGroup } from '../../ui/choices.js';
import { problemOf } from '../../ui/error-summary.js';
import { Panel } from '../../ui/panel.js';
import { TextArea } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { useDesk } from './desk.js';

const FORMS = [
  { id: 'full-page', title: 'Whole page' },
  { id: 'viewport', title: 'What you see first' },
  { id: 'text', title: 'Text only' },
] as const;

/** Asks for the addresses that are captured one after another. */
export function ListPanel({ onClose }: { readonly onClose: () => void }) {
  const { text, form } = useScreens((screens) => screens.drafts.list);
  const action = useAction();
  const urls = addressesIn(text);
  const submit = async (): Promise<void> => {
    const wrong = listProblem(urls);
    if (!action.check(wrong === null ? [] : [{ field: 'list-addresses', sentence: wrong }])) return;
    const wanted = FORMS.find(({ id }) => id === form)?.id ?? 'full-page';
    if (!(await action.run(() => client.call('capture.list', { urls, form: wanted })))) return;
    dropDraft('list');
    useDesk.setState({ listShown: true });
    onClose();
  };
  return (
    <Panel title="List of addresses" problems={action.problems} submit="Start the list" pending={action.pending} onSubmit={() => { void submit(); }} onClose={onClose}>
      <p>Each address is opened and captured, and then waits for your answer like any other capture. You can skip one, or stop, at any time.</p>
      <TextArea id="list-addresses" label="Addresses, one on each line" hint={`At most ${MOST_ADDRESSES}.`} rows={9} mono value={text} onChange={(typed) => { draft('list', { text: typed }); }} error={problemOf(action.problems, 'list-addresses')} />
      <p className="small muted" role="status">{urls.length === 0 ? '' : count(urls.length, 'different address', 'different addresses')}</p>
      <RadioGroup id="list-form" label="What is captured of each?" options={FORMS} value={form} onChange={(id) => { draft('list', { form: id }); }} />
    </Panel>
  );
}
