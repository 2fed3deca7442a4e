import { z } from 'zod';
import type { EntryData } from '../record/kinds.js';

/*
 * Answers of registers: RDAP in JSON (RFC 9083). Whoever runs a register, or stands in for one, writes what is read here, so
 * nothing is taken but short texts from known places.
 */

const text = z.string().max(100_000).transform((value) => value.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim().slice(0, 500));
const texts = z.array(text).max(1_000);
/** jCard (RFC 7095): each property is its name, parameters, type and value. */
const vcard = z.tuple([z.literal('vcard'), z.array(z.array(z.unknown()).max(50)).max(200)]);
const entity = z.looseObject({ handle: text.optional(), roles: texts.optional(), vcardArray: vcard.optional().catch(undefined) });

const answer = z.looseObject({
  objectClassName: z.string().max(100),
  handle: text.optional(),
  name: text.optional(),
  ldhName: text.optional(),
  country: text.optional(),
  startAddress: text.optional(),
  endAddress: text.optional(),
  status: texts.optional(),
  events: z.array(z.looseObject({ eventAction: text, eventDate: text })).max(200).optional().catch(undefined),
  nameservers: z.array(z.looseObject({ ldhName: text })).max(200).optional().catch(undefined),
  entities: z.array(entity).max(200).optional().catch(undefined),
});

type Entity = z.infer<typeof entity>;

/** What of an answer goes into the record. */
export type RegistrationAnswer = NonNullable<EntryData<'registration'>['answer']>;

/** Reads an answer about `about`; null for anything that is none. */
export function readRdap(about: EntryData<'registration'>['about'], body: string): RegistrationAnswer | null {
  const parsed = answer.safeParse(json(body));
  if (!parsed.success || parsed.data.objectClassName !== (about === 'domain' ? 'domain' : 'ip network')) return null;
  const { data } = parsed;
  const entities = data.entities ?? [];
  const event = (action: string): string | null => data.events?.find(({ eventAction }) => eventAction.toLowerCase() === action)?.eventDate ?? null;
  return {
    name: data.ldhName ?? data.name ?? null,
    handle: data.handle ?? null,
    holder: named(entities, 'registrant') ?? (about === 'address' ? named(entities, 'administrative') : null),
    registrar: named(entities, 'registrar'),
    country: data.country ?? null,
    range: data.startAddress === undefined || data.endAddress === undefined ? null : `${data.startAddress} to ${data.endAddress}`.slice(0, 500),
    registered: event('registration'),
    changed: event('last changed'),
    expires: event('expiration'),
    status: (data.status ?? []).slice(0, 20),
    nameservers: (data.nameservers ?? []).map(({ ldhName }) => ldhName).slice(0, 20),
  };
}

function named(entities: readonly Entity[], role: string): string | null {
  const found = entities.find(({ roles }) => roles?.some((each) => each.toLowerCase() === role) === true);
  if (found === undefined) return null;
  const properties = found.vcardArray?.[1] ?? [];
  for (const wanted of ['fn', 'org']) {
    const value = text.safeParse(properties.find(([name]) => name === wanted)?.[3]).data;
    if (value !== undefined && value !== '') return value;
  }
  return found.handle ?? null;
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
