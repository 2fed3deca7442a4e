import fc from 'fast-check';
import { z } from 'zod';
import { CALL_SCHEMAS, type CallName } from '../../../src/ipc/contract.js';

/* Arguments of every call of the contract, drawn from its own schemas: such that fit, and such that do not. */

/** The parts of JSON Schema that zod writes for the contract. */
interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly prefixItems?: readonly Shape[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What stands in for some fields, by their name, so that calls also reach what lies behind the first check. */
export type Fields = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** Every name of the contract. */
export const CALL_NAMES = Object.keys(CALL_SCHEMAS) as CallName[];

/** Arguments that fit the schema of `name`. */
export function fitting(name: CallName, fields: Fields): fc.Arbitrary<unknown> {
  const shape = z.toJSONSchema(CALL_SCHEMAS[name], { io: 'input' }) as Shape;
  return drawn(shape, fields).filter((input) => CALL_SCHEMAS[name].safeParse(input).success);
}

/** Arguments that do not: junk, or what would fit with one thing taken away, added, made huge or made something else. */
export function unfitting(name: CallName, fields: Fields): fc.Arbitrary<unknown> {
  const bent = fc.tuple(fitting(name, fields), fc.nat(), JUNK).map(([input, at, junk]) => bend(input, at, junk));
  return fc.oneof({ weight: 3, arbitrary: bent }, { weight: 1, arbitrary: JUNK }).filter((input) => !CALL_SCHEMAS[name].safeParse(input).success);
}

/** Names that are no call's: words, what every object has, and what is no text. */
export const NO_NAME: fc.Arbitrary<unknown> = fc
  .oneof(fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'State.Get', 'state.get ', ''), fc.string(), fc.anything())
  .filter((name) => typeof name !== 'string' || !CALL_NAMES.includes(name as CallName));

const HUGE = 'x'.repeat(3_000_000);

const JUNK: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, '', 0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e21, true, [], {}, HUGE, '\u0000', '\ud800', '../../../etc/passwd', { toString: 1 }, Array.from({ length: 10_000 }, () => ({}))),
  fc.anything(),
);

/** Changes one place of `input`: the one that `at` points to, counted over all of its parts. */
function bend(input: unknown, at: number, junk: unknown): unknown {
  if (typeof input !== 'object' || input === null || at % 5 === 0) return junk;
  if (Array.isArray(input)) return at % 2 === 0 ? [...(input as unknown[]), junk] : input.map((item, i) => (i === 0 ? bend(item, Math.floor(at / 5), junk) : item) as unknown);
  const entries = Object.entries(input);
  const place = entries.length === 0 ? 0 : at % entries.length;
  if (at % 3 === 0) return { ...input, [at % 2 === 0 ? 'more' : '__proto__x']: junk };
  if (at % 3 === 1) return Object.fromEntries(entries.filter((_, i) => i !== place));
  return Object.fromEntries(entries.map(([key, value], i) => [key, i === place ? bend(value, Math.floor(at / 5), junk) : value]));
}

function drawn(shape: Shape, fields: Fields): fc.Arbitrary<unknown> {
  if ('const' in shape) return fc.constant(shape.const);
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  const either = shape.anyOf ?? shape.oneOf;
  if (either !== undefined) return fc.oneof(...either.map((each) => drawn(each, fields)));
  switch (shape.type) {
    case 'object': return object(shape, fields);
    case 'array': return array(shape, fields);
    case 'string': return text(shape);
    case 'boolean': return fc.boolean();
    case 'integer': return fc.integer({ min: Math.max(shape.minimum ?? 0, -(2 ** 31)), max: Math.min(shape.maximum ?? 1_000, 2 ** 53 - 1) });
    case 'number': return fc.double({ min: shape.minimum ?? -1_000, max: shape.maximum ?? 1_000, noNaN: true });
    case 'null': return fc.constant(null);
    default: throw new Error(`the contract has a shape that this file does not draw: ${JSON.stringify(shape)}`);
  }
}

function object({ properties = {}, required = [] }: Shape, fields: Fields): fc.Arbitrary<unknown> {
  const parts = Object.fromEntries(Object.entries(properties).map(([key, part]) => [key, fields[key] ?? drawn(part, fields)]));
  return fc.record(parts, { requiredKeys: [...required] });
}

function array({ prefixItems, items, minItems = 0, maxItems = 4 }: Shape, fields: Fields): fc.Arbitrary<unknown> {
  if (prefixItems !== undefined) return fc.tuple(...prefixItems.map((item) => drawn(item, fields)));
  return fc.array(drawn(items ?? {}, fields), { minLength: minItems, maxLength: Math.min(maxItems, minItems + 3) });
}

function text({ pattern, minLength = 0, maxLength = 40 }: Shape): fc.Arbitrary<string> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 40), unit: 'grapheme' });
}
