import { useState } from 'react';
import { client } from '../../client.js';
import { shortDateAndTime, size } from '../../logic/format.js';
import { Button } from '../../ui/button.js';
import { useLoaded } from '../../ui/use-loaded.js';
import type { Action } from '../../ui/use-action.js';

/** So many stand there before the others are asked for. */
const FIRST = 3;

const fetchMade = () => client.call('verify.made', {});

/** The bundles in the app's own folder, which lies where people do not look. Nothing stands here while there is none. */
export function MadeHere({ action }: { readonly action: Action }) {
  const { loaded } = useLoaded(fetchMade);
  const [all, setAll] = useState(false);
  if (loaded.state !== 'ready' || loaded.value.bundles.length === 0) return null;
  const { bundles } = loaded.value;
  const choose = (name: string): void => { void action.run(() => client.call('verify.choose', { name })); };
  return (
    <section className="stack-tight made-here" aria-labelledby="made-here">
      <h2 id="made-here">Or choose one that was made on this computer</h2>
      <ul>
        {(all ? bundles : bundles.slice(0, FIRST)).map(({ name, size: bytes, at }) => (
          <li key={name}><Button look="link" onPress={() => { choose(name); }}><span className="wrap-anywhere">{name}</span></Button> <span className="muted small whole">{size(bytes)} · {shortDateAndTime(at)}</span></li>
        ))}
      </ul>
      {!all && bundles.length > FIRST && <p><Button onPress={() => { setAll(true); }}>Show {bundles.length - FIRST} earlier {bundles.length - FIRST === 1 ? 'one' : 'ones'}</Button></p>}
    </section>
  );
}
