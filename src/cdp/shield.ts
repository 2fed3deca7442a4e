import type { CdpSession } from './connection.js';
import type { Box } from './displayed-pictures.js';
import type { Viewport } from './facts.js';
import type { ViewFrame } from './frames.js';
import { lookForPictures, type Look, type Picture } from './shield-look.js';
import { paintShield, type Mask } from './shield-paint.js';

/** A frame as it came, with where the browser says that the page was scrolled to, in CSS pixels; null where a host does not tell. */
export interface RawFrame {
  readonly frame: ViewFrame;
  /** When it came, by the monotonic clock, in milliseconds. */
  readonly came: number;
  readonly scroll: { readonly x: number; readonly y: number } | null;
}

/** For how long a place that showed a picture stays hidden after the picture has gone, in milliseconds. */
const REMEMBER_MS = 1_000;
/** How many looks at the same page count too, however long ago: a busy computer looks seldom, and a picture that blinks is missed by some. */
const REMEMBER_LOOKS = 5;
/** How many looks a frame may lie behind: the browser draws ahead of what it tells. */
const LAG = 3;
/**
 * For how long after another document has come its frames are hidden whole, in milliseconds: the browser goes on to show the
 * one before it, for half a second at most, and nobody can ask any more where its pictures are. A frame of that time is
 * never shown, so a fresh one is asked for after it.
 */
const CHANGE_MS = 700;
/** When the browser takes longer to say where the pictures are, in milliseconds, they are no longer there on a page that moves. */
const SLOW_MS = 250;

/**
 * Hides pictures in the frames on their way to the screen. Nothing is done to the page and nothing to a capture. A frame
 * is shown only after the browser has said, later than it drew that frame, where the pictures are; what it said before
 * counts too. When it does not answer, the whole frame is hidden.
 */
export class Shield {
  readonly #session: CdpSession;
  readonly #viewport: Viewport;
  readonly #show: (frame: ViewFrame) => void;
  readonly #refresh: () => void;
  #on = true;
  #looks: Look[] = [];
  #last: RawFrame | null = null;
  #next: RawFrame | null = null;
  #busy = false;
  #generation = 0;
  #came: { readonly document: string; readonly at: number } | null = null;
  #unsure = false;
  #fading: NodeJS.Timeout | null = null;
  #lifted: ReadonlySet<number> | 'all' = new Set<number>();

  /** @param show takes what may be seen. @param refresh asks the browser for a fresh frame */
  constructor(session: CdpSession, viewport: Viewport, show: (frame: ViewFrame) => void, refresh: () => void) {
    this.#session = session;
    this.#viewport = viewport;
    this.#show = show;
    this.#refresh = refresh;
  }

  /** Whether pictures are hidden. */
  get on(): boolean {
    return this.#on;
  }

  /** Hides pictures from now on, or shows them. */
  set(on: boolean): void {
    this.#on = on;
    this.#lifted = new Set();
    this.#again();
  }

  /**
   * Shows what lies at `point` (CSS pixels of the view; null: everything in view) until {@link release}. Whether there
   * was anything to show.
   */
  lift(point: { readonly x: number; readonly y: number } | null): boolean {
    const look = this.#looks.at(-1);
    if (!this.#on || look === undefined) return false;
    const hit = look.pictures.filter(({ box }) => point === null || holds(moved(box, look.scroll), point));
    if (hit.length === 0) return false;
    this.#lifted = point === null ? 'all' : new Set(hit.map(({ id }) => id));
    // What only the page before this one showed is no reason to keep hiding what is held.
    this.#looks = this.#looks.filter(({ document }) => document === look.document);
    this.#again();
    return true;
  }

  /** Hides again what {@link lift} showed. */
  release(): void {
    if (this.#lifted !== 'all' && this.#lifted.size === 0) return;
    this.#lifted = new Set();
    this.#again();
  }

  /** Takes a frame from the browser; only the newest is worked on. */
  take(raw: RawFrame): void {
    this.#next = raw;
    this.#last = raw;
    if (!this.#busy) void this.#work();
  }

  /** Forgets every frame, and shows none that is on its way. */
  forget(): void {
    this.#generation += 1;
    this.#next = null;
    this.#last = null;
    this.#lifted = new Set();
    if (this.#fading !== null) clearTimeout(this.#fading);
    this.#fading = null;
    this.#unsure = false;
  }

  #again(): void {
    if (this.#last !== null) this.take(this.#last);
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#next !== null) {
      const raw: RawFrame = this.#next;
      this.#next = null;
      const generation = this.#generation;
      const shown = this.#on ? await this.#hidden(raw).catch(() => null) : raw.frame;
      // The switch may have been turned while this frame was worked on.
      if (shown !== null && generation === this.#generation && (this.#on || shown === raw.frame)) this.#show(shown);
    }
    this.#busy = false;
  }

  async #hidden(raw: RawFrame): Promise<ViewFrame> {
    const asked = performance.now();
    const look = await lookForPictures(this.#session, this.#viewport).catch(() => null);
    const now = look?.at ?? performance.now();
    const { document } = look ?? {};
    const recent = this.#looks.filter((each, index, all) => each.at > now - REMEMBER_MS || (each.document === document && index >= all.length - REMEMBER_LOOKS));
    this.#looks = look === null ? recent : [...recent, look];
    const moving = look !== null && recent.some((each) => places(each) !== places(look));
    const late = look !== null && look.at - asked > SLOW_MS && moving;
    const unsure = look === null || late || this.#justCame(look, raw.came);
    const masks = unsure ? [{ box: this.#whole(), order: Number.POSITIVE_INFINITY }] : masksOf(recent, look, raw.scroll, this.#lifted);
    if (unsure || moving) this.#fade(unsure);
    const scaled = masks.map(({ box, order }) => ({ box: times(box, this.#viewport.scale), order }));
    const words = (look?.words ?? []).map((line) => ({ ...line, box: times(moved(line.box, raw.scroll ?? look?.scroll ?? { x: 0, y: 0 }), this.#viewport.scale) }));
    if (scaled.length === 0) return raw.frame;
    return { ...raw.frame, data: await paintShield(raw.frame.data, scaled, words) };
  }

  /** A page that stands still sends no further frame, and what is remembered must not stay hidden for ever. */
  #fade(unsure: boolean): void {
    this.#unsure ||= unsure;
    if (this.#fading !== null || this.#last === null) return;
    this.#fading = setTimeout(() => {
      this.#fading = null;
      if (!this.#unsure) {
        this.#again();
        return;
      }
      this.#unsure = false;
      this.#refresh();
    }, (unsure ? CHANGE_MS : REMEMBER_MS) + 50).unref();
  }

  #justCame({ document, at }: Look, frameCame: number): boolean {
    if (this.#came?.document !== document) this.#came = { document, at };
    return frameCame - this.#came.at < CHANGE_MS;
  }

  #whole(): Box {
    return { x: 0, y: 0, width: this.#viewport.width, height: this.#viewport.height };
  }
}

/**
 * What of a frame is hidden: where each picture was in it by the browser's word, and where it was at the last few looks,
 * with all that lies between and as much again on either side.
 */
function masksOf(recent: readonly Look[], after: Look, scroll: RawFrame['scroll'], lifted: ReadonlySet<number> | 'all'): Mask[] {
  if (lifted === 'all') return [];
  const masks: Mask[] = [];
  const hide = (box: Box, picture: Picture): void => {
    if (!lifted.has(picture.id)) masks.push({ box, order: picture.order });
  };
  for (const look of [...recent, after]) {
    const at = scroll ?? look.scroll;
    // A page that scrolls on is told of a frame or two late: as far as it went since, the picture may be off.
    const off = look === after ? { x: Math.abs(look.scroll.x - at.x), y: Math.abs(look.scroll.y - at.y) } : { x: 0, y: 0 };
    for (const picture of look.pictures) hide(wider(moved(picture.box, at), off.x, off.y), picture);
  }
  const ways = new Map<number, { readonly picture: Picture; first: Box; all: Box }>();
  for (const look of [...recent.slice(-LAG), after]) {
    for (const picture of look.pictures) {
      const box = moved(picture.box, look.scroll);
      const way = ways.get(picture.id);
      if (way === undefined) ways.set(picture.id, { picture, first: box, all: box });
      else way.all = around(way.all, box);
    }
  }
  for (const { picture, first, all } of ways.values()) hide(wider(all, all.width - first.width, all.height - first.height), picture);
  return unique(masks);
}

/** Where the pictures of a look lay in the view, as one text to compare. */
function places({ document, scroll, pictures }: Look): string {
  return JSON.stringify([document, pictures.map(({ id, box }) => [id, moved(box, scroll)])]);
}

function wider(box: Box, x: number, y: number): Box {
  return { x: box.x - x, y: box.y - y, width: box.width + 2 * x, height: box.height + 2 * y };
}

function unique(masks: readonly Mask[]): Mask[] {
  return [...new Map(masks.map((mask) => [JSON.stringify(mask), mask])).values()];
}

function moved(box: Box, by: { readonly x: number; readonly y: number }): Box {
  return { ...box, x: box.x - by.x, y: box.y - by.y };
}

function times({ x, y, width, height }: Box, scale: number): Box {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}

function around(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y };
}

function holds(box: Box, { x, y }: { readonly x: number; readonly y: number }): boolean {
  return x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height;
}
