/** Two overlapping rings: two people. */
export function Mark({ size = 26, quiet = false }: { readonly size?: number; readonly quiet?: boolean }) {
  return (
    <svg className={quiet ? 'mark mark-quiet' : 'mark'} width={size} height={(size * 18) / 26} viewBox="0 0 26 18" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
      <circle cx="9" cy="9" r="7.5" />
      <circle cx="17" cy="9" r="7.5" />
    </svg>
  );
}

/** The mark and the name. */
export function Brand({ text = 'Countersign' }: { readonly text?: string }) {
  return <p className="brand"><Mark />{text}</p>;
}
