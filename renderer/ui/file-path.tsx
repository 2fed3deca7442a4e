import { Fragment } from 'react';

/** Names up to this length are kept whole; a longer one would not fit beside a label. */
const WHOLE = 36;

/** Where a file lies. It goes on in the next line after a folder's name or a word, not at a hyphen within a date or a reference. */
export function FilePath({ path }: { readonly path: string }) {
  return (
    <span className="wrap-anywhere">
      {path.split(/(?<=[/\\ ])/).map((part, at) => <Fragment key={at}>{at > 0 && <wbr />}<span className={part.length > WHOLE ? undefined : 'whole'}>{part}</span></Fragment>)}
    </span>
  );
}
