import { client } from '../../client.js';
import { Button } from '../../ui/button.js';
import { FieldError } from '../../ui/field-error.js';
import { useAction } from '../../ui/use-action.js';

/** The way into a practice, where nobody's passphrase is needed: a link, or a `button` beside another. */
export function StartPractice({ words = 'Practise first', button = false }: { readonly words?: string; readonly button?: boolean }) {
  const action = useAction();
  return (
    <>
      <Button look={button ? 'plain' : 'link'} large={button} pending={action.pending} onPress={() => { void action.run(() => client.call('practice.start', {})); }}>{words}</Button>
      {action.problems.map(({ sentence }) => <FieldError key={sentence} id="practice-error">{sentence}</FieldError>)}
    </>
  );
}
