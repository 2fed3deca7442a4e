import { EyeOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '../../ui/button.js';

/** Stands in the place of what would be kept while pictures are hidden: nobody sees them at full size before both are ready. */
export function CoveredComposite({ onShow }: { readonly onShow: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  // Behind the heading, which is read out first.
  useEffect(() => { place.current?.querySelector('button')?.focus(); }, []);
  return (
    <div ref={place} className="composite-cover stack">
      <EyeOff size={32} aria-hidden="true" />
      <h2>Pictures are hidden. This shows them</h2>
      <p>It shows the page with its pictures, as it would be kept. Show it when you are both ready to look.</p>
      <p><Button look="primary" large onPress={onShow}>Show what would be kept</Button></p>
    </div>
  );
}
