import { create } from 'zustand';
import type { Wish, Wishes } from './wishes.js';

/** What is chosen for a bundle that is not made yet; it outlives a way to the review and back, and ends with the case. No passphrase ever gets here. */
interface ExportDraft {
  readonly caseId: string | null;
  readonly recipient: string | null;
  readonly wishes: Wishes;
}

const START: ExportDraft = { caseId: null, recipient: null, wishes: {} };

/** See {@link ExportDraft}. */
export const useExportDraft = create<ExportDraft>(() => START);

/** The draft of one case; that of another is forgotten. `recipient` is what it begins with. */
export function draftFor(caseId: string, recipient: string | null): void {
  if (useExportDraft.getState().caseId !== caseId) useExportDraft.setState({ ...START, caseId, recipient });
}

/** Chooses whom the bundle is for. */
export function chooseRecipient(recipient: string): void {
  useExportDraft.setState({ recipient });
}

/** Chooses what becomes of one thing. */
export function chooseWish(about: string, wish: Wish): void {
  useExportDraft.setState(({ wishes }) => ({ wishes: { ...wishes, [about]: wish } }));
}

/** Forgets what was chosen, once the bundle is made. */
export function dropExportDraft(): void {
  useExportDraft.setState(START);
}
