import {
  Ban, Camera, CameraOff, Circle, CircleX, FileCheck, Flag, Globe, Hand, Link, ListChecks, Lock, LogIn, LogOut, OctagonX, Package, Pencil, Phone, ShieldAlert, ShieldCheck, Type,
  type LucideIcon,
} from 'lucide-react';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  'case-opened': FileCheck, 'sitting-started': LogIn, 'sitting-ended': LogOut, 'self-test': ListChecks, controls: Hand, navigation: Globe, 'navigation-in-page': Link,
  'navigation-failed': CircleX, 'navigation-refused': Ban, refusal: Ban, title: Type, capture: Camera, 'capture-refused': CameraOff, 'capture-cancelled': CameraOff, 'capture-discarded': CameraOff,
  'suspected-address': ShieldAlert, concern: Flag, note: Pencil, stop: OctagonX, 'stop-withdrawn': OctagonX, halt: OctagonX, 'halt-step': ListChecks, 'halt-released': OctagonX,
  quarantine: ShieldAlert, 'police-call': Phone, conclusion: FileCheck, checkpoint: ShieldCheck, seal: Lock, export: Package, 'export-finished': Package,
};

/** The icon of a kind of entry; the words beside it say the same. */
export function RecordIcon({ kind }: { readonly kind: string }) {
  const Icon = ICONS[kind] ?? Circle;
  return <Icon className="record-icon" size={17} aria-hidden="true" />;
}
