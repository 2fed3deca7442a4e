/** "214 MB": decimal units, as file managers show them. */
export function size(bytes: number): string {
  const unit = bytes >= 1e9 ? 'gigabyte' : bytes >= 1e6 ? 'megabyte' : bytes >= 1e3 ? 'kilobyte' : 'byte';
  const value = bytes / { gigabyte: 1e9, megabyte: 1e6, kilobyte: 1e3, byte: 1 }[unit];
  return new Intl.NumberFormat('en-GB', { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

/** "24 November 2026 at 10:38:02 GMT": in the reader's own zone, which is named. */
export function moment(instant: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'long' }).format(new Date(instant));
}

/** Digits in groups of four, as they are read aloud. */
export function grouped(digits: string): string {
  return digits.replace(/(.{4})(?=.)/g, '$1 ');
}

/** "A and B". */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names);
}
