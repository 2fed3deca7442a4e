import type { MadeBundle } from '../ipc/verify-contract.js';
import type { OfferedBundle } from './bundle-checks.js';

/** Finds bundles again that were made on this computer: the folder that they go to lies where people do not look. */
export interface MadeBundlesPort {
  /** The newest first, twenty at most; none where the folder cannot be read. */
  list(folder: string): Promise<readonly MadeBundle[]>;
  /** One of those that {@link MadeBundlesPort.list} names. @throws CodedError `verify.not-there` */
  open(folder: string, name: string): Promise<OfferedBundle>;
  /** The bundle at `path`. Never throws: what is wrong with it is said when it is checked. */
  at(path: string): Promise<OfferedBundle>;
  /** Shows a file where it lies, in the computer's own file manager. @throws CodedError `folders.not-there`, `folders.not-shown` */
  show(path: string): Promise<void>;
}
