import { useState } from 'react';
import { policeTrigger } from '../../../src/investigation/policy/police-triggers.js';
import { client } from '../../client.js';
import { attempt } from '../../store.js';
import { Button } from '../../ui/button.js';
import { Note } from '../../ui/note.js';

/** What a concern asks for that goes to the police, and whom to tell; the two may go on, or stop here. */
export function TriggerAdvice({ category }: { readonly category: string }) {
  const [stopping, setStopping] = useState(false);
  const trigger = policeTrigger(category) ?? policeTrigger('other-crime');
  if (trigger === undefined) return null;
  return (
    <Note tone="warn">
      <div className="stack-tight">
        <p><b>This goes to the police.</b></p>
        <ul className="bullets">{trigger.asks.map((each) => <li key={each}>{each}</li>)}</ul>
        <p><b>Tell:</b> {trigger.tell.join('. ')}.</p>
        <p>You can go on and record what you have seen. Or stop here: add the concern, then close the case until the police have told you what to do.</p>
        {stopping
          ? <p className="row"><Button onPress={() => { attempt(client.call('case.close', {})); }}>Close the case now</Button><Button look="link" onPress={() => { setStopping(false); }}>Go on</Button></p>
          : <p><Button look="link" onPress={() => { setStopping(true); }}>Stop here</Button></p>}
      </div>
    </Note>
  );
}
