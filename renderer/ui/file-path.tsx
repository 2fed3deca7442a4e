import { Fragment } from 'react';

/** Where a file lies. It goes on in the next line after a folder's name or a word, and within a name only where that fits into no line. */
export function FilePath({ path }: { readonly path: string }) {
  return (
    <span className="wrap-anywhere">
      {path.split(/(?<=[/\\ ])/).map((part, at) => <Fragment key={at}><span className="path-part">{part.trimEnd()}</span>{part.endsWith(' ') && ' '}</Fragment>)}
    </span>
  );
}
