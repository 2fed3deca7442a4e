import { Package } from 'lucide-react';
import { dateAndTime } from '../../logic/format.js';
import { goTo, useScreens } from '../../store.js';
import { Answers } from '../../ui/answers.js';
import { Button } from '../../ui/button.js';
import { Words } from '../../ui/words.js';
import { CopiesMade } from '../export/copies-made.js';
import { ClosedCase } from './closed-case.js';
import { summaryOf } from './seal-screen.js';

/** A sealed case: the eight words for paper, bundles made and to make. */
export function SealedScreen() {
  const app = useScreens((screens) => screens.app);
  if (app?.case == null) return null;
  const view = app.case;
  const made = (view.copies ?? []).some(({ tagManifest }) => tagManifest !== null);
  return (
    <ClosedCase app={app} view={view} title="This case is sealed">
      {view.checkpoint !== null && (
        <section className="stack">
          <h2>Write the record’s eight words on paper</h2>
          <p>They stand for the whole record up to {dateAndTime(view.checkpoint.at)}. If the record were ever replaced, the words would not match. Keep the paper away from this computer.</p>
          <Words words={view.checkpoint.words} label="Words of the record" />
          <p className="small muted">Whatever is added later, such as a bundle, gives the record new words. Those that you wrote down before stay good. If you sign out soon these can wait: you get the last ones then.</p>
        </section>
      )}
      <section className="stack">
        <h2>Bundles</h2>
        {(view.copies ?? []).length === 0 ? <p>No bundle has been made yet. A bundle is one file that the police, the LADO or the school can check without this app.</p> : <CopiesMade view={view} />}
        <Button look={made ? 'plain' : 'primary'} large onPress={() => { goTo('export'); }}><Package size={20} aria-hidden="true" />Make {made ? 'another' : 'a'} bundle</Button>
      </section>
      <section className="stack"><h2>Summary</h2><Answers rows={summaryOf(view)} /></section>
    </ClosedCase>
  );
}
