import { z } from 'zod';
import { canonicalBytes } from '../record/canonical-json.js';
import { hex } from '../record/bytes.js';
import { instantSchema } from '../record/entry.js';
import type { EntryData } from '../record/kinds.js';
import type { Sha256 } from '../record/ports.js';
import type { UnlockedVault } from '../vault/vault.js';
import type { EnginePorts, Versions } from './ports.js';

const line = z.string().max(500);

/** What a self-test found; it is kept in the vault and travels in each bundle. */
export const selfTestSchema = z.strictObject({
  at: instantSchema,
  versions: z.strictObject({ app: line, browser: line, node: line, system: line }),
  passed: z.int().min(0),
  failed: z.int().min(0),
  checks: z.array(z.strictObject({ name: line, ok: z.boolean(), detail: line })).max(200),
});

/** See {@link selfTestSchema}. */
export type SelfTestResult = z.infer<typeof selfTestSchema>;

const SETTING = 'self-test';

/** The last self-test that was kept, or null. */
export async function keptSelfTest(vault: UnlockedVault): Promise<SelfTestResult | null> {
  return selfTestSchema.safeParse(await vault.setting(SETTING)).data ?? null;
}

/**
 * The self-test of the app and browser as they are now: the one that is kept, or a new one when either has changed or
 * something had failed. Null where the host offers none.
 */
export async function presentSelfTest(vault: UnlockedVault, ports: EnginePorts): Promise<SelfTestResult | null> {
  const kept = await keptSelfTest(vault);
  if (kept !== null && kept.failed === 0 && isOf(kept, ports.versions)) return kept;
  if (ports.selfTest === undefined) return kept;
  const result = selfTestSchema.parse(await ports.selfTest());
  await vault.putSetting(SETTING, result);
  return result;
}

/** What the record says of a self-test; `report` commits to the whole of it. */
export function selfTestEntry(result: SelfTestResult, sha256: Sha256): EntryData<'self-test'> {
  const { at, versions, passed, failed } = result;
  return { at, app: versions.app, browser: versions.browser, passed, failed, report: hex(sha256.of(canonicalBytes(result))) };
}

function isOf(result: SelfTestResult, { app, browser, node, system }: Versions): boolean {
  const { versions } = result;
  return versions.app === app && versions.browser === browser && versions.node === node && versions.system === system;
}
