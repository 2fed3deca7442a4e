import type { Clock, Random, Sha256 } from '../record/ports.js';
import type { Pictures } from '../bundle/report/pictures.js';
import type { FolderList } from '../ipc/admin-state.js';
import type { EvidenceBrowser } from '../cdp/evidence-browser.js';
import type { EvidenceSink, Policy, Viewport } from '../cdp/facts.js';
import type { KdfParameters } from '../vault/ports.js';
import type { SntpPort } from './clock-check.js';
import type { ClockWatch } from './clock-watch.js';
import type { LookUpPort } from './look-up.js';
import type { MadeBundlesPort } from './made-bundles.js';
import type { MachineIdentity } from './machine.js';
import type { SelfTestResult } from './self-tests.js';
import type { AskPorts } from './trusted-time-ask.js';

/** What a host (Electron, or a system Chromium) gives the engine. */
export interface HostPorts {
  readonly kind: 'electron' | 'chromium';
  /** Starts the browser that shows evidence: its own process, nothing on disk, no port; `proxy` is `host:port` of what everything goes through; pages are heard, and videos start by themselves, only where that is asked for. @throws CodedError `machine.*`, `browser.*` */
  startEvidenceBrowser(options: { viewport: Viewport; policy: Policy; sink: EvidenceSink; clock: Clock; proxy?: string | null; sound?: boolean; autoplay?: boolean }): Promise<EvidenceBrowser>;
  /** Prints an HTML document to a tagged PDF with an outline, without touching the disk or the network; `pictures` are what it does not carry within itself (`bundle/report/pictures.ts`). Once `signal` is aborted nobody waits for it. @throws CodedError `print.*` */
  printPdf(html: string, pictures?: Pictures, signal?: AbortSignal): Promise<Uint8Array>;
}

/** The folders of this computer, for choosing where a copy goes or comes from. The vault's own files are none of its business. */
export interface FolderPort {
  /** The folders in `path`, an absolute one; null: where a reviewer would begin. @throws CodedError `folders.*` */
  list(path: string | null, files?: 'json'): Promise<FolderList>;
  /** The bytes of a file. @throws CodedError `folders.unreadable`, `folders.too-large` for one of more than `most` bytes */
  read(path: string, most: number): Promise<Uint8Array>;
  /** Writes a new file durably and gives its path; a name that is taken gets a number. @throws CodedError `folders.*` */
  save(folder: string, name: string, bytes: Uint8Array): Promise<string>;
}

/** A place to practise in: a folder for a vault that is not there yet, one for bundles, and a website that may be looked at. */
export interface PracticePlace {
  readonly folder: string;
  readonly exportFolder: string;
  /** Such as `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** Destroys all of it. */
  end(): Promise<void>;
}

/** Where practices are held. */
export interface PracticePort {
  /** @throws CodedError `practice.no-place` */
  begin(): Promise<PracticePlace>;
  /** Takes away what an app that was killed has left. */
  sweep(): Promise<void>;
}

/** Versions that the record and every bundle name. */
export interface Versions {
  readonly app: string;
  readonly browser: string;
  readonly node: string;
  readonly system: string;
  readonly hostname: string;
}

/** Everything that the engine needs from outside. */
export interface EnginePorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly sha256: Sha256;
  readonly host: HostPorts;
  readonly versions: Versions;
  /** Folder that exports go to when the reviewers choose none. */
  readonly exportFolder: string;
  /** Absent where nobody chooses folders. */
  readonly folders?: FolderPort;
  /** Absent where nobody looks for bundles. */
  readonly bundles?: MadeBundlesPort;
  /** Tests this app and browser on known pages; absent where a self-test itself is what runs. */
  readonly selfTest?: () => Promise<SelfTestResult>;
  /** The time stamping authority at an address; absent where the host reaches none. */
  readonly timestampAuthority?: NonNullable<AskPorts['timestampAuthority']>;
  /** The page that checks bundles in any browser (HTML); absent where it is not built. */
  readonly verifyPage?: () => Promise<Uint8Array>;
  /** Only for tests: milliseconds until an authority that failed is asked again. */
  readonly timeRetryMs?: readonly number[];
  /** Which computer this is; absent where nobody can tell. */
  readonly machine?: MachineIdentity;
  /** Asks a time server; absent where the network is none of the app's business. */
  readonly sntp?: SntpPort;
  /** Looks up names and asks registers, beside the browser; absent where the network is none of the app's business. */
  readonly lookUp?: LookUpPort;
  /** Absent where nobody practises. */
  readonly practice?: PracticePort;
  /** This engine is a practice's: its passphrases may be weak and everything that leaves it says PRACTICE. */
  readonly practising?: boolean;
  /** Only for tests and practices: weaker key derivation. */
  readonly kdf?: KdfParameters;
}

/** The ports as one engine hands them on: every record of it holds the clock against the same baseline. */
export type WatchedPorts = EnginePorts & { readonly watch: ClockWatch };
