import type { SignedOutCase } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { dateAndTime } from '../../logic/format.js';
import { attempt } from '../../store.js';
import { Button } from '../../ui/button.js';
import { PageHeading } from '../../ui/heading.js';
import { Page } from '../../ui/page.js';
import { Words } from '../../ui/words.js';

/** The eight words of each case, for the paper form, once both are signed out. */
export function FarewellScreen({ cases }: { readonly cases: readonly SignedOutCase[] }) {
  return (
    <Page>
      <div className="stack-wide">
        <PageHeading title="You are both signed out" />
        <p className="lead">Write the record’s eight words on paper, on the form of the case if you keep one. If the record were ever replaced, the words would no longer match.</p>
        {cases.map((each) => (
          <section key={each.reference} className="stack">
            <h2>Case {each.reference}</h2>
            <p className="muted">{dateAndTime(each.at)}</p>
            <Words words={each.words} label="Words of the record" of={`case ${each.reference}`} />
          </section>
        ))}
        <Button look="primary" large onPress={() => { attempt(client.call('farewell.done', {})); }}>They are on paper</Button>
      </div>
    </Page>
  );
}
