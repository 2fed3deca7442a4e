import { CAPTURE_CONTRACT } from './capture-contract.js';
import { CAPTURE_FORMS_CONTRACT } from './capture-forms-contract.js';
import { EVIDENCE_CONTRACT, type Promised } from './evidence-contract.js';

/** Everything that every host must keep. */
export const WHOLE_CONTRACT: readonly Promised[] = [...EVIDENCE_CONTRACT, ...CAPTURE_CONTRACT, ...CAPTURE_FORMS_CONTRACT];
