import type { Bridge } from '../../../src/ipc/client.js';
import type { Events } from '../../../src/ipc/contract.js';
import type { RecordItem } from '../../../src/ipc/case-view.js';
import type { AppState, Progress } from '../../../src/ipc/state.js';

/** What a scene's stand-in engine says. Everything in it is plain JSON, because it crosses into the page. */
export interface Script {
  readonly state: AppState;
  readonly items: readonly RecordItem[];
  readonly progress: Progress | null;
  readonly frame: Events['frame'] | null;
  /** A tall picture, cut by the stand-in into the slices that a screen asks for. */
  readonly composite: { readonly mediaType: string; readonly base64: string } | null;
  /** What calls answer, by name; a code and a sentence are a refusal, `'never'` goes on for ever. Others answer null. */
  readonly answers: Readonly<Record<string, { readonly value: unknown } | { readonly code: string; readonly sentence: string } | 'never'>>;
  /** Calls that change the state, by name. */
  readonly moves: Readonly<Record<string, AppState>>;
}

/**
 * Puts a stand-in for the engine into a page, for screenshots and for nothing else: it checks nothing, keeps nothing and
 * answers from its script. It runs inside the page, so it may use nothing but its argument.
 */
export function installPreviewBridge(script: Script): void {
  const listeners = new Set<(name: string, value: unknown) => void>();
  const calls: { name: string; input: unknown }[] = [];
  const emit = (name: string, value: unknown): void => { for (const listener of listeners) listener(name, value); };
  const cut = async (input: { row: number; height: number; maxWidth: number }): Promise<unknown> => {
    if (script.composite === null) return null;
    const bytes = Uint8Array.from(atob(script.composite.base64), (char) => char.charCodeAt(0));
    const whole = await createImageBitmap(new Blob([bytes], { type: script.composite.mediaType }));
    const height = Math.min(input.height, whole.height - input.row);
    const scale = Math.min(1, input.maxWidth / whole.width);
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(whole.width * scale);
    canvas.height = Math.max(1, Math.round(height * scale));
    canvas.getContext('2d')?.drawImage(whole, 0, input.row, whole.width, height, 0, 0, canvas.width, canvas.height);
    return { mediaType: 'image/png', base64: canvas.toDataURL('image/png').replace(/^[^,]*,/, '') };
  };
  /** By length alone: enough to see each grade. */
  const strengthOf = (passphrase: string): unknown => {
    const score = Math.min(4, Math.floor(passphrase.length / 5));
    return score < 3
      ? { score, accepted: false, sentence: 'Somebody could guess this passphrase. Choose another.', advice: ['Add a word or two that have nothing to do with each other.', 'Avoid names and dates.'] }
      : { score, accepted: true, sentence: 'This passphrase is good.', advice: [] };
  };
  // A scene's record may have more lines than its case says; they come with the newest.
  const linesOf = ({ from, count }: { from: number; count: number }): unknown => {
    const to = from + count === script.state.case?.entries ? Number.POSITIVE_INFINITY : from + count;
    return { items: script.items.filter(({ seq }) => seq >= from && seq < to), total: script.items.length };
  };
  const answer = async (name: string, input: unknown): Promise<unknown> => {
    const scripted = script.answers[name];
    if (scripted === 'never') return new Promise(() => undefined);
    if (scripted !== undefined && 'code' in scripted) return { ok: false, ...scripted };
    if (scripted !== undefined) return { ok: true, value: scripted.value };
    if (name === 'state.get') return { ok: true, value: { ...script.state, progress: script.progress } };
    if (name === 'record.list') return { ok: true, value: linesOf(input as { from: number; count: number }) };
    if (name === 'capture.preview') return { ok: true, value: await cut(input as { row: number; height: number; maxWidth: number }) };
    if (name === 'folders.list') return { ok: true, value: { path: '/home/staff', parent: '/home', folders: [], more: false, drives: [{ name: 'This computer', path: '/', removable: false }], writable: true, free: null } };
    if (name === 'review.read') return { ok: true, value: { form: { organisation: '', sittings: [], reason: '', cameUp: null, reviewers: [], computer: { name: '', location: '' } }, pages: [], exhibits: [], words: [], conclusion: null, canAdd: false, canRedact: false } };
    if (name === 'exhibit.slice') return { ok: true, value: await cut(input as { row: number; height: number; maxWidth: number }) };
    if (name === 'exhibit.preview') return { ok: true, value: await cut({ row: 0, height: 900, maxWidth: 176 }) };
    if (name === 'passphrase.strength') return { ok: true, value: strengthOf((input as { passphrase: string }).passphrase) };
    if (name === 'verify.made') return { ok: true, value: { bundles: [] } };
    return { ok: true, value: null };
  };
  const bridge: Bridge = {
    async call(name, input) {
      calls.push({ name, input });
      const given = await answer(name, input);
      const moved = script.moves[name];
      if (moved !== undefined) emit('state', moved);
      return given;
    },
    listen(listener) {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
  };
  Object.assign(window, { countersign: bridge, preview: { emit, calls } });
  // What a screen draws by lot is the same each time, so that two looks at it can be compared.
  Object.defineProperty(crypto, 'getRandomValues', { value: <T extends Uint32Array>(array: T): T => array.fill(0) });
  const frame = script.frame;
  if (frame === null) return;
  // Often until it is seen, then seldom: decoding a picture is most of what a still screen costs.
  let ticks = 0;
  setInterval(() => {
    const view = document.querySelector<HTMLCanvasElement>('#view');
    if ((view !== null && view.dataset['painted'] === undefined) || (ticks++) % 10 === 9) emit('frame', frame);
  }, 100);
}
