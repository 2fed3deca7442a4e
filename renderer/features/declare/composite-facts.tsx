import type { CompositeView } from '../../../src/ipc/case-view.js';
import { count, grouped, number, timeWithSeconds } from '../../logic/format.js';
import { partOf } from '../investigate/desk.js';

const FORMS = { 'full-page': 'Whole page', viewport: 'What you see', text: 'Text only', region: 'Part of the page', element: 'One element', series: 'Series of pictures' } as const;

/** What would be kept, in figures: what it shows of which page, and the hash that the answer is bound to. */
export function Facts({ composite }: { readonly composite: CompositeView }) {
  const { form, image, area, element, pictures, pieces } = composite;
  const part = partOf(composite);
  const [first, last] = [pictures[0], pictures.at(-1)];
  return (
    <dl className="facts small">
      <div><dt>Kept as</dt><dd>{FORMS[form]}{image === null ? '' : `, ${number(image.width)} × ${number(image.height)} px`}</dd></div>
      {part !== null && <div><dt>Part</dt><dd>{part.at + 1} of {part.of} parts of this page</dd></div>}
      {element !== null && <div><dt>Element</dt><dd className="mono wrap-anywhere">{element}</dd></div>}
      {area !== null && (form === 'region' || form === 'element') && <div><dt>Place</dt><dd>{number(area.x)} px from the left and {number(area.y)} px from the top of the page</dd></div>}
      {first !== undefined && last !== undefined && <div><dt>Pictures</dt><dd>{number(pictures.length)}, from {timeWithSeconds(first.at)} to {timeWithSeconds(last.at)}</dd></div>}
      {pieces > 0 && <div><dt>Also kept</dt><dd>The same picture in {count(pieces, 'numbered part')}, for viewers that cannot open one so tall</dd></div>}
      <div><dt>Page</dt><dd className="wrap-anywhere">{composite.title}</dd></div>
      <div><dt>Address</dt><dd className="wrap-anywhere">{composite.url}</dd></div>
      <div><dt>SHA-256</dt><dd className="mono wrap-anywhere">{grouped(composite.sha256)}</dd></div>
    </dl>
  );
}
