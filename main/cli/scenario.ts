import { z } from 'zod';
import { CodedError } from '../../src/record/coded-error.js';
import { TOLD_PEOPLE } from '../../src/record/kinds.js';
import { LIST_FORMATS } from '../../src/safety/list-format.js';

/*
 * A scenario: what the screens would be asked, written down. Parsed strictly: an unknown key or step is refused with
 * its path in the file. Its passphrases stand in the file in plain text, so scenarios are for tests and demonstrations.
 */

/** The largest scenario file that is read, in bytes. */
export const MAX_SCENARIO_BYTES = 4 * 2 ** 20;

const initials = z.string().regex(/^[A-Z]{3}$/, 'three capital letters');
const line = z.string().trim().min(1).max(500);
const words = z.string().max(20_000);
const address = z
  .string()
  .min(1)
  .max(16_384)
  .refine((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol), 'an address that starts with http:// or https://');
const selector = z.string().min(1).max(2_000);
const expect = z.string().max(100).optional();

/** Who was told: `minutesBefore` the step, `by` a reviewer's initials or, in words, somebody else. */
const told = z.array(z.strictObject({ who: z.enum(TOLD_PEOPLE), name: line.optional(), minutesBefore: z.int().min(0).max(1_000_000), by: line })).max(50);

const step = <T extends z.core.$ZodLooseShape>(shape: T) => z.strictObject({ ...shape, expect });

const stepSchema = z.discriminatedUnion('do', [
  step({ do: z.literal('goto'), url: address }),
  step({ do: z.literal('click'), selector }),
  step({ do: z.literal('type'), selector, text: words }),
  step({ do: z.literal('back') }),
  step({ do: z.literal('forward') }),
  step({ do: z.literal('reload') }),
  step({ do: z.literal('scroll'), y: z.number().min(0).max(10_000_000) }),
  step({ do: z.literal('wait'), ms: z.int().min(0).max(60_000).optional(), selector: selector.optional() }),
  step({
    do: z.literal('capture'),
    by: initials,
    declare: z.enum(['not-suspected', 'suspected', 'unsure']).optional(),
    fullPage: z.boolean().optional(),
    textOnly: z.boolean().optional(),
    note: words.optional(),
  }),
  step({ do: z.literal('concern'), by: initials, category: z.string().max(64), description: words.min(1) }),
  step({ do: z.literal('note'), by: initials, text: words.min(1) }),
  step({ do: z.literal('stop'), by: initials, sentence: words.optional() }),
  step({ do: z.literal('halt-step'), by: initials, step: z.string().max(64) }),
  step({ do: z.literal('police-call'), by: initials, force: line, officer: words, reference: words, advice: words }),
  step({ do: z.literal('release'), text: words.min(1) }),
  step({
    do: z.literal('conclude'), substance: z.boolean(), outcomes: z.array(z.enum(['internal', 'authority', 'police'])).max(3), text: words.min(1),
    sanctions: z.array(z.strictObject({ id: z.string().min(1).max(64), details: line.optional() })).max(100).optional(),
    told: told.optional(),
  }),
  /** Who was told since the conclusion, or other words that are added to it. */
  step({ do: z.literal('add-to-conclusion'), by: initials, text: words.optional(), told: told.optional() }),
  step({ do: z.literal('seal') }),
  // Reviewers are changed with no case open: the case is closed before such a step and opened again after it.
  step({ do: z.literal('enrol'), initials }),
  step({ do: z.literal('remove'), initials }),
  step({ do: z.literal('new-keys'), initials }),
  /** A flag list, its text in the scenario; before the first `goto`. */
  step({ do: z.literal('list'), source: line, givenBy: line, format: z.enum(LIST_FORMATS), note: words.optional(), text: z.string().min(1).max(1_000_000) }),
  step({
    do: z.literal('export'),
    to: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/, 'a file name without folders'),
    recipient: z.enum(['police', 'lado', 'group-record', 'other']),
    passphrase: z.string().min(12).max(1_000).nullable(),
  }),
]);

/** `role` absent: a senior leader. */
const reviewer = z.strictObject({ name: line, position: line, initials, role: z.enum(['senior-leader', 'dsl', 'head', 'chair-of-governors']).optional(), passphrase: z.string().min(1).max(1_000) });

const scenarioSchema = z.strictObject({
  organisation: z.strictObject({ name: line, computer: z.strictObject({ name: line, location: line }) }),
  /** The first two set a new vault up and enrol each other. A step `enrol` enrols one of the others. */
  reviewers: z.array(reviewer).min(2).max(20),
  signIn: z.array(initials).max(2).optional(),
  case: z.strictObject({
    reference: line,
    reason: words.min(1),
    subject: z.enum(['pupil', 'staff', 'visitor', 'other', 'unknown']),
    suspected: z.array(address).max(100).optional(),
    /** Both declare that the case is not about them, as the screens ask of everybody. */
    notConcerned: z.boolean().optional(),
  }),
  steps: z.array(stepSchema).max(10_000),
});

/** A parsed scenario. */
export type Scenario = z.infer<typeof scenarioSchema>;

/** One of its steps. */
export type Step = Scenario['steps'][number];

/**
 * Parses a scenario.
 *
 * @throws CodedError `scenario.not-json`, `scenario.invalid` (with the path of the fault), `scenario.same-initials`
 */
export function parseScenario(text: string): Scenario {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CodedError('scenario.not-json', 'The scenario file is not JSON.');
  }
  const parsed = scenarioSchema.safeParse(json);
  if (!parsed.success) {
    const issue = deepestIssue(parsed.error.issues);
    const where = pathOf(issue.path);
    throw new CodedError('scenario.invalid', `The scenario file has a mistake at ${where}: ${issue.message}.`, { where });
  }
  const seen = new Set<string>();
  parsed.data.reviewers.forEach((each, index) => {
    if (seen.has(each.initials)) throw new CodedError('scenario.same-initials', `Two reviewers have the initials ${each.initials}.`, { where: `reviewers[${index}].initials` });
    seen.add(each.initials);
  });
  return parsed.data;
}

type Issue = z.core.$ZodIssue;

/** The issue that says most: for a step it lies within the union. */
function deepestIssue(issues: readonly Issue[]): Issue {
  const first = issues[0];
  if (first === undefined) throw new RangeError('a failed parse has an issue');
  if (first.code === 'unrecognized_keys') return { ...first, path: [...first.path, first.keys[0] ?? ''], message: 'unknown key' };
  if (first.code === 'invalid_union' && first.path.at(-1) === 'do') return { ...first, message: 'unknown step' };
  return first;
}

function pathOf(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '') || 'the top';
}
