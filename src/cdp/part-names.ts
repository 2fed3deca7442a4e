/** Name of the numbered part at `place` (from 0): `page-001.png`. */
export function numberedName(stem: 'page' | 'frame', place: number, ending: 'png' | 'html'): string {
  return `${stem}-${String(place + 1).padStart(3, '0')}.${ending}`;
}
