/** How a school's filter shows itself, as the settings list it. */
export interface BlockPagePattern {
  /** Where to look: the answer's status (`pattern` is the number), the page's address, or what the page shows. */
  readonly by: 'status' | 'address' | 'text';
  /** Words that must occur, whatever their case; for `status` the whole number. */
  readonly pattern: string;
  /** `suspected`: the filter says that the page may show the sexual abuse of children, which halts the case. */
  readonly says: 'blocked' | 'suspected';
}

/** What is known of a page that may be a filter's own. */
export interface PageToRecognise {
  readonly status: number | null;
  readonly url: string;
  /** The beginning of what it shows. */
  readonly text: string;
}

/** The wording that the Internet Watch Foundation recommends for a block page (DOMAIN.md section 5, [IWF-GP]). */
export const IWF_WORDING = 'this page may contain indecent images of children as identified by the internet watch foundation';
/** A block page is short; a long page with these words is about block pages. */
const LONGEST_IWF_PAGE = 4_000;

/** The first of `patterns` that fits a page, or the wording of the IWF, which needs no setting; null when none does. */
export function recogniseBlockPage(page: PageToRecognise, patterns: readonly BlockPagePattern[]): BlockPagePattern | null {
  const text = plain(page.text);
  if (text.length <= LONGEST_IWF_PAGE && text.includes(IWF_WORDING)) return { by: 'text', pattern: IWF_WORDING, says: 'suspected' };
  const fitting = patterns.filter((one) => fits(one, page, text));
  // Where two fit, what halts comes first.
  return fitting.find((one) => one.says === 'suspected') ?? fitting[0] ?? null;
}

function fits({ by, pattern }: BlockPagePattern, page: PageToRecognise, text: string): boolean {
  const wanted = plain(pattern);
  if (wanted === '') return false;
  if (by === 'status') return page.status !== null && String(page.status) === wanted;
  return by === 'address' ? page.url.toLowerCase().includes(wanted) : text.includes(wanted);
}

function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}
