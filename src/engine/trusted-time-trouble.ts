/** Why there is no time stamp, by the code of the error; said to reviewers and in the report. */
const TROUBLES: Readonly<Record<string, string>> = {
  'time.unreachable': 'The authority could not be reached.',
  'time.no-answer': 'The authority did not answer in time.',
  'time.refused': 'The authority refused to stamp.',
  'time.not-an-answer': 'What came back was not a time stamp.',
  'time.too-large': 'What came back was too large to be a time stamp.',
  'time.other-imprint': 'The authority stamped something else.',
  'time.other-nonce': 'The answer belonged to another question.',
  'time.other-root': 'The answer did not come from the authority in the settings.',
  'time.expired': 'The authority’s certificate was not valid at that time.',
  'time.wrong-purpose': 'The authority’s certificate is not meant for time stamps.',
};

/** The sentence for `code`. */
export function timeTrouble(code: string): string {
  return TROUBLES[code] ?? 'The answer did not hold.';
}
