import { Package } from 'lucide-react';
import { goTo, useScreens } from '../../store.js';
import { Answers } from '../../ui/answers.js';
import { Button } from '../../ui/button.js';
import { Note } from '../../ui/note.js';
import { ClosedCase } from './closed-case.js';
import { summaryOf } from './seal-screen.js';

/** A case that belongs to another computer: it is read, exported and stopped here, and not continued. */
export function ElsewhereScreen() {
  const app = useScreens((screens) => screens.app);
  if (app?.case == null) return null;
  return (
    <ClosedCase app={app} view={app.case} title="This case belongs to another computer">
      <Note tone="warn"><p>It was opened on another computer. Here you can read it, compare its eight words and make a bundle of it. To continue it, use its own computer.</p></Note>
      <Button look="primary" large onPress={() => { goTo('export'); }}><Package size={20} aria-hidden="true" />Make a bundle</Button>
      <section className="stack"><h2>Summary</h2><Answers rows={summaryOf(app.case)} /></section>
    </ClosedCase>
  );
}
