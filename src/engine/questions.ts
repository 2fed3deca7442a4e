import { CodedError } from '../record/coded-error.js';
import type { BrowserQuestion } from '../cdp/facts.js';
import { demandSignedIn, type CaseContext } from './case-context.js';
import type { Sitting } from './sitting.js';

/** Something that the browser has refused and that the reviewers can decide otherwise. */
export interface OpenQuestion {
  readonly id: string;
  readonly question: BrowserQuestion;
  /** Who has said to go on; a certificate needs both. */
  readonly agreed: readonly string[];
}

/** What a reviewer answers. A password is used once and never stored. */
export type QuestionAnswer =
  | { readonly kind: 'certificate'; readonly goOn: boolean }
  | { readonly kind: 'password'; readonly credentials: { readonly username: string; readonly password: string } | null };

/**
 * The one question that the page in the view has left open. The browser never waits for it: it has refused already, and
 * opens the address again when the answer is to go on.
 */
export class Questions {
  readonly #context: () => CaseContext;
  readonly #sitting: Sitting;
  #open: OpenQuestion | null = null;
  #asked = 0;

  constructor(context: () => CaseContext, sitting: Sitting) {
    this.#context = context;
    this.#sitting = sitting;
  }

  /** The question, or null. */
  get open(): OpenQuestion | null {
    return this.#open;
  }

  /** The browser asks; the newest question is the one that counts. */
  ask(question: BrowserQuestion): void {
    const known = this.#open?.question;
    if (known?.kind === question.kind && known.url === question.url && this.#open?.agreed.length !== 0) return;
    this.#asked += 1;
    this.#open = { id: `q${this.#asked}`, question, agreed: [] };
    this.#context().announce.changed();
  }

  /** The view shows another page: what was asked of the one before is no longer a question. */
  moved(url: string): void {
    if (this.#open === null || withoutFragment(this.#open.question.url) === withoutFragment(url)) return;
    this.#open = null;
    this.#context().announce.changed();
  }

  /** @throws CodedError `question.gone` when it is not open any more, `auth.not-signed-in`, what {@link Sitting.goto} throws */
  async answer(id: string, by: string, answer: QuestionAnswer): Promise<void> {
    const context = this.#context();
    demandSignedIn(context, by);
    const open = this.#open;
    if (open?.id !== id || open.question.kind !== answer.kind) throw new CodedError('question.gone', 'This question is no longer open. Open the address again.');
    if (answer.kind === 'certificate') await this.#certificate(open, by, answer.goOn);
    else await this.#password(open, by, answer.credentials);
  }

  async #certificate(open: OpenQuestion, by: string, goOn: boolean): Promise<void> {
    const { question } = open;
    if (question.kind !== 'certificate') return;
    const context = this.#context();
    const agreed = goOn ? [...new Set([...open.agreed, by])] : [];
    this.#open = goOn && agreed.length < 2 ? { ...open, agreed } : null;
    context.announce.changed();
    if (agreed.length < 2) return;
    await context.record.add('certificate-accepted', [...context.reviewers], { origin: question.origin, error: question.error });
    this.#sitting.browser.acceptCertificate(question.origin, question.error);
    await this.#sitting.goto(again(question.url));
  }

  async #password(open: OpenQuestion, by: string, credentials: { readonly username: string; readonly password: string } | null): Promise<void> {
    const { question } = open;
    if (question.kind !== 'password') return;
    const context = this.#context();
    this.#open = null;
    context.announce.changed();
    const { origin, realm, scheme } = question;
    await context.record.add('authentication', [by], { origin, realm, scheme, given: credentials !== null });
    if (credentials === null) return;
    this.#sitting.browser.givePassword(origin, realm, credentials.username, credentials.password);
    await this.#sitting.goto(again(question.url));
  }
}

/** The address to open again; a masked name and password in it are none. */
function again(url: string): string {
  const copy = new URL(url);
  copy.username = '';
  copy.password = '';
  return copy.href;
}

function withoutFragment(url: string): string {
  return url.split('#')[0] ?? url;
}
