import { z } from 'zod';

const line = z.string().trim().max(500);
const coordinate = z.number().min(-100_000).max(100_000);
const modifiers = z.int().min(0).max(15);

/** Mouse, wheel, keys and text from the canvas, in CSS pixels of the view; modifiers as in CDP (Alt 1, Ctrl 2, Meta 4, Shift 8). */
export const viewInputSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('mouse'),
    event: z.enum(['move', 'down', 'up']),
    x: coordinate,
    y: coordinate,
    button: z.enum(['none', 'left', 'middle', 'right']),
    buttons: z.int().min(0).max(31),
    clicks: z.int().min(0).max(3),
    modifiers,
  }),
  z.strictObject({ type: z.literal('wheel'), x: coordinate, y: coordinate, deltaX: coordinate, deltaY: coordinate, modifiers }),
  z.strictObject({ type: z.literal('key'), event: z.enum(['down', 'up']), key: z.string().max(32), code: z.string().max(32), text: z.string().max(8), modifiers }),
  z.strictObject({ type: z.literal('text'), text: z.string().max(10_000) }),
]);

/** See {@link viewInputSchema}. */
export type ViewInput = z.infer<typeof viewInputSchema>;

/** A form that needs nothing said beside it. */
export const plainForm = z.enum(['viewport', 'full-page', 'text']);
const pagePlace = z.int().min(0).max(50_000_000);

/** What is to be captured. A region is in CSS pixels from the page's top left corner; an element is the one drawn at a point of the view. */
export const captureSchema = z.discriminatedUnion('form', [
  z.strictObject({ form: plainForm }),
  z.strictObject({ form: z.literal('region'), area: z.strictObject({ x: pagePlace, y: pagePlace, width: pagePlace.min(1), height: pagePlace.min(1) }) }),
  z.strictObject({ form: z.literal('element'), point: z.strictObject({ x: coordinate, y: coordinate }) }),
  z.strictObject({ form: z.literal('series'), everySeconds: z.number().min(0.5).max(60), count: z.int().min(2).max(100) }),
]);

/** See {@link captureSchema}. */
export type CaptureAsked = z.infer<typeof captureSchema>;

/** What the two answer before the first browsing; see the record's `pre-flight`. */
export const preFlightSchema = z.strictObject({
  authorised: z.strictObject({ name: line.min(1), position: line.min(1) }), room: line.min(1), screenHidden: z.boolean(),
  filter: z.strictObject({ exception: z.enum(['as-usual', 'exception', 'unknown']), words: line }), numbers: z.boolean(),
});

/** See {@link preFlightSchema}. */
export type PreFlightAnswers = z.output<typeof preFlightSchema>;
