import { z } from 'zod';
import { CodedError } from '../record/coded-error.js';
import { THEMES } from '../investigation/policy/installation.js';
import { MARKING_IDS } from '../investigation/policy/markings.js';
import type { UnlockedVault } from '../vault/vault.js';
import { DEFAULT_IDLE_MINUTES } from './idle-lock.js';

/** A host name or address, with a port where it is not 123. */
const server = z.string().regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/);

const schema = z.strictObject({
  /** After how many minutes without anybody the app locks. */
  idleMinutes: z.int().min(1).max(30),
  /** Which time server the clock is held against at the start and the end of a sitting; null: none is asked. */
  sntpServer: server.nullable(),
  /** The protective marking of bundles; absent for none. */
  marking: z.enum(MARKING_IDS).exactOptional(),
  /** How the screens look; absent: as the system does. */
  theme: z.enum(THEMES).exactOptional(),
  /** How long Esc is held to stop, in milliseconds; absent: 600. */
  stopHoldMs: z.int().min(300).max(2_000).exactOptional(),
  /** Whether pages are heard; absent: not. It holds from the next start of the browser on, as does the next. */
  sound: z.boolean().exactOptional(),
  /** Whether videos start by themselves; absent: not. */
  autoplay: z.boolean().exactOptional(),
});

/** What a school can set about a sitting. */
export type Settings = z.infer<typeof schema>;

/** Before anybody has set anything. */
export const DEFAULT_SETTINGS: Settings = { idleMinutes: DEFAULT_IDLE_MINUTES, sntpServer: null };

const IDLE = 'idleMinutes';
const CLOCK = 'clock';
const MARKING = 'marking';
const STOP_HOLD = 'stopHold';
const THEME = 'theme';
const MEDIA = 'media';

/** What is set; what cannot be read is as if it had not been set. */
export async function loadSettings(vault: UnlockedVault): Promise<Settings> {
  const idleMinutes = schema.shape.idleMinutes.safeParse(await vault.setting(IDLE)).data ?? DEFAULT_SETTINGS.idleMinutes;
  const clock = z.strictObject({ sntpServer: server.nullable() }).safeParse(await vault.setting(CLOCK)).data;
  const marking = z.enum(MARKING_IDS).safeParse(await vault.setting(MARKING)).data;
  const stopHoldMs = schema.shape.stopHoldMs.safeParse(await vault.setting(STOP_HOLD)).data;
  const theme = z.enum(THEMES).safeParse(await vault.setting(THEME)).data;
  const media = z.strictObject({ sound: z.boolean(), autoplay: z.boolean() }).safeParse(await vault.setting(MEDIA)).data ?? {};
  return { idleMinutes, sntpServer: clock?.sntpServer ?? null, ...media, ...(marking === undefined ? {} : { marking }), ...(theme === undefined ? {} : { theme }), ...(stopHoldMs === undefined ? {} : { stopHoldMs }) };
}

/** Keeps `settings`. @throws CodedError `settings.stop-hold`, `settings.idle-minutes`, `settings.time-server`, `settings.marking` */
export async function storeSettings(vault: UnlockedVault, settings: Settings): Promise<void> {
  const { idleMinutes, sntpServer, marking, stopHoldMs, theme, sound, autoplay } = settings;
  if (stopHoldMs !== undefined && !schema.shape.stopHoldMs.safeParse(stopHoldMs).success) throw new CodedError('settings.stop-hold', 'Choose between 300 and 2,000 milliseconds.', { where: 'stopHoldMs' });
  if (!schema.shape.idleMinutes.safeParse(idleMinutes).success) throw new CodedError('settings.idle-minutes', 'Choose between 1 and 30 minutes.', { where: 'idleMinutes' });
  if (!schema.shape.sntpServer.safeParse(sntpServer).success) throw new CodedError('settings.time-server', 'This is not the name of a server. It looks like time.example.org.', { where: 'sntpServer' });
  if (!schema.shape.marking.safeParse(marking).success && marking !== undefined) throw new CodedError('settings.marking', 'Choose one of the markings, or none.', { where: 'marking' });
  await vault.putSetting(IDLE, idleMinutes);
  await vault.putSetting(CLOCK, { sntpServer });
  await vault.putSetting(MARKING, marking ?? null);
  if (stopHoldMs !== undefined) await vault.putSetting(STOP_HOLD, stopHoldMs);
  if (theme !== undefined) await vault.putSetting(THEME, theme);
  if (sound !== undefined || autoplay !== undefined) await vault.putSetting(MEDIA, { sound: sound ?? false, autoplay: autoplay ?? false });
}
