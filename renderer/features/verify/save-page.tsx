import { useState } from 'react';
import { client } from '../../client.js';
import { Button } from '../../ui/button.js';
import { FilePath } from '../../ui/file-path.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { useAction } from '../../ui/use-action.js';

/** Saves the page that checks bundles in any browser, for whoever has no Countersign. */
export function SavePage() {
  const [path, setPath] = useState<string | null>(null);
  const action = useAction();
  const save = (): void => {
    void action.run(async () => { setPath((await client.call('verify.page', {})).path); });
  };
  return (
    <section className="card stack-tight" aria-label="Check elsewhere">
      <h2>Check on another computer</h2>
      <p>One file, verify.html, checks a bundle in any browser, without a network and with nothing installed.</p>
      <ErrorSummary problems={action.problems} />
      <div><Button onPress={save}>Save verify.html</Button></div>
      <p role="status">{path !== null && <>Saved: <FilePath path={path} /></>}</p>
    </section>
  );
}
