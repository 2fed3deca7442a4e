import { FileText, ShieldAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReviewExhibit } from '../../../src/ipc/disclosure-contract.js';
import { client } from '../../client.js';
import { useInView } from '../../ui/use-in-view.js';
import { useShowing } from './showing.js';

/** A small picture of an exhibit, fetched when it comes into view; of a quarantined one a mark alone. */
export function ExhibitThumbnail({ exhibit, width }: { readonly exhibit: Pick<ReviewExhibit, 'reference' | 'image' | 'quarantined'>; readonly width: number }) {
  const place = useRef<HTMLSpanElement>(null);
  const [source, setSource] = useState<string | null>(null);
  const { reference, quarantined } = exhibit;
  const pictured = exhibit.image !== null && !quarantined;
  const inView = useInView(place);
  useShowing(inView && source !== null && pictured ? reference : null);
  useEffect(() => {
    if (!pictured || place.current === null) return undefined;
    let wanted = true;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      client.call('exhibit.preview', { reference, maxWidth: width * 2 })
        .then((preview) => { if (wanted && preview !== null) setSource(`data:${preview.mediaType};base64,${preview.base64}`); })
        // Opened at reading size, the picture says why it cannot be shown.
        .catch(() => undefined);
    }, { rootMargin: '200px' });
    observer.observe(place.current);
    return () => {
      wanted = false;
      observer.disconnect();
    };
  }, [reference, pictured, width]);
  return (
    <span ref={place} className={quarantined ? 'review-thumb review-thumb-quarantined' : 'review-thumb'}>
      {source !== null && pictured ? <img src={source} alt="" draggable={false} /> : quarantined ? <ShieldAlert size={30} aria-hidden="true" /> : <FileText size={24} aria-hidden="true" />}
    </span>
  );
}
