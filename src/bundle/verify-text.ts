import { oneLine } from './bag.js';

/** What VERIFY.txt has to name. */
export interface VerifyFacts {
  readonly caseReference: string;
  /** UTC instant of the signatures. */
  readonly at: string;
  readonly signers: readonly { readonly name: string; readonly position: string }[];
  /** SHA-256 of the root certificate's DER. */
  readonly rootFingerprint: string;
  readonly rootWords: readonly string[];
  /** Authorities that are asked for a time stamp over the signatures: the paths of their root and of the token, if it comes. */
  readonly timeAuthorities?: readonly { readonly name: string; readonly rootFingerprint: string; readonly root: string; readonly token: string }[];
}

/** `VERIFY.txt`: how to check the bundle with public tools alone, and what that shows. Commands stand on lines that start with `$ `. */
export function verifyText(facts: VerifyFacts): string {
  const seconds = Math.floor(Date.parse(facts.at) / 1000);
  const names = facts.signers.map((signer) => `    ${oneLine(signer.name)}, ${oneLine(signer.position)}`).join('\n');
  const times = facts.timeAuthorities ?? [];
  const tokens = times.length === 0 ? '' : ` ls ${times.map((each) => each.token).join(' ')} 2>/dev/null;`;
  const cms = `openssl cms -verify -binary -inform DER -in signatures/tagmanifest.p7s -content tagmanifest-sha256.txt -CAfile certificates/root.pem -purpose any -attime ${seconds} -out /dev/null`;
  return `HOW TO CHECK THIS BUNDLE

Case ${oneLine(facts.caseReference)}. Signed ${facts.at.slice(0, 19).replace('T', ' ')} UTC, as the computer's clock had it, by
${names}

You can check everything below with two programs that have nothing to do with
the one that made this bundle: sha256sum and openssl (version 3). They are part
of every Linux system. On a Mac, install "coreutils" and "openssl". On Windows,
use WSL or the Git Bash window.

If this bundle is still in a ZIP, unpack it first (unzip NAME.zip; if a
passphrase is asked for, use 7z x NAME.zip, then unzip bundle.zip). Then open a
terminal in the folder that holds this file. Type what follows each "$".


1. IS EVERY FILE AS IT WAS?

   $ sha256sum --check --strict --quiet manifest-sha256.txt
   $ sha256sum --check --strict --quiet tagmanifest-sha256.txt

   No answer means that every file matches. A file that was changed is named
   with FAILED.


2. WAS ANYTHING ADDED OR TAKEN AWAY?

   $ (cut -c67- manifest-sha256.txt tagmanifest-sha256.txt; echo tagmanifest-sha256.txt; echo signatures/tagmanifest.p7s;${tokens} find . ! -type d | cut -c3-) | sort | uniq -u

   No answer means that the files here are the files listed, no more and no
   fewer.


3. DO THE SIGNATURES HOLD?

   $ ${cms}

   "CMS Verification successful" means: the list of files is exactly what was
   signed, and every signature in the file was made with a key that the
   certificate in certificates/root.pem vouches for. The number after -attime
   is the moment of signing, so that this still works when the certificates
   have expired.


4. DID TWO PEOPLE SIGN?

   openssl is content with one signature. This lists who signed:

   $ ${cms} -signer /dev/stdout | openssl crl2pkcs7 -nocrl -certfile /dev/stdin | openssl pkcs7 -print_certs -noout

   There must be exactly two, with two different names. This shows how each of
   their keys begins, which must differ as well:

   $ ${cms} -signer /dev/stdout | openssl crl2pkcs7 -nocrl -certfile /dev/stdin | openssl pkcs7 -print_certs -text -noout | grep -A 2 Modulus


5. WHOSE KEYS ARE THEY?

   Nothing above says that the keys belong to these people: anybody can make a
   certificate with any name. Compare this answer with the printed enrolment
   sheet of the school, or ask the school by telephone, on a number that you
   did not get from this bundle:

   $ openssl x509 -in certificates/root.pem -noout -fingerprint -sha256

   It should be
${fingerprintLines(facts.rootFingerprint)}
   which the sheet also gives as eight words:
   ${facts.rootWords.slice(0, 4).join(' ')}
   ${facts.rootWords.slice(4).join(' ')}


${timePart(times, seconds)}WHAT THIS SHOWS, AND WHAT IT DOES NOT

It shows that the files are exactly those that were signed, and, if you did
step 5, that the signatures were made with the keys of the people named.

It does not show that ${times.length === 0 ? 'the clock was right, that' : 'the clock was right beyond what step 6\nshows, that'} a web site had the same content
for anybody else, or that the computer did what it should. The technical annex
of data/report.html says what is known about that.

data/visits.csv, data/exhibits.csv and data/case.jsonld (CASE 1.4, for other
programs) tell again what data/record.jsonl tells. Where they differ, the
record counts.

These commands do not look inside data/record.jsonl. That each entry follows
from the one before it, that two people's keys signed each piece of evidence,
that the exhibits are those of the record, and that nothing was kept after a
halt: "countersign verify" checks all of it, with code that shares nothing with
the code that wrote this bundle.
`;
}

/** The step about time stamps; whether a token came is not known yet when this is written. */
function timePart(authorities: NonNullable<VerifyFacts['timeAuthorities']>, seconds: number): string {
  if (authorities.length === 0) return '';
  const each = authorities.map(({ name, rootFingerprint, root, token }) => `   ${oneLine(name)}:

   $ openssl ts -verify -data signatures/tagmanifest.p7s -in ${token} -token_in -CAfile ${root} -attime ${seconds}
   $ openssl ts -reply -in ${token} -token_in -token_out -text

   The fingerprint (SHA-256) of its root, ${root}, is
${fingerprintLines(rootFingerprint)}
`);
  return `6. WHEN WAS IT SIGNED?

   A time stamping authority outside the school was asked to confirm the time.
   If it could not be reached, its file is not here, and openssl says so. That
   is no fault of the bundle.

   "Verification: OK" means: the file of signatures existed when the authority
   stamped it. The second answer gives that time ("Time stamp:"). What it
   proves rests on the authority: compare the fingerprint of its root with what
   the authority publishes.

${each.join('\n')}

`;
}

function fingerprintLines(fingerprint: string): string {
  const pairs = (fingerprint.toUpperCase().match(/../g) ?? []).join(':');
  return `   ${pairs.slice(0, 48)}\n   ${pairs.slice(48)}`;
}
