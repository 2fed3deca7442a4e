import {
  Ban, Cable, Camera, CameraOff, Circle, CircleX, ClipboardCheck, Clock, DoorOpen, Eye, FileBadge, FileCheck, FileText, FileX2, Flag, Funnel, Globe, Hand, KeyRound, Landmark, LifeBuoy, Link, ListChecks, ListX, Lock, LockOpen, LogIn, LogOut, MailWarning,
  MapPin, OctagonX, Package, Pencil, Phone, ShieldAlert, ShieldCheck, ShieldX, Stamp, Timer, Type, UserCheck, UserRoundX,
  type LucideIcon,
} from 'lucide-react';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  'case-opened': FileCheck, 'sitting-started': LogIn, 'sitting-ended': LogOut, 'self-test': ListChecks, controls: Hand, navigation: Globe, 'navigation-in-page': Link,
  'navigation-failed': CircleX, 'navigation-refused': Ban, refusal: Ban, title: Type, capture: Camera, 'capture-refused': CameraOff, 'capture-cancelled': CameraOff, 'capture-discarded': CameraOff,
  'suspected-address': ShieldAlert, 'reported-address': Link, 'pre-flight': ClipboardCheck, 'staff-advice': Phone, 'not-concerned': UserCheck, concern: Flag, note: Pencil, stop: OctagonX, 'stop-withdrawn': OctagonX, halt: OctagonX, 'halt-step': ListChecks, 'halt-released': OctagonX,
  quarantine: ShieldAlert, 'police-call': Phone, conclusion: FileCheck, checkpoint: ShieldCheck, seal: Lock, export: Package, 'export-finished': Package,
  'page-left': DoorOpen, certificates: FileBadge, 'certificate-accepted': ShieldX, authentication: KeyRound, 'socket-opened': Cable, 'dns-answers': MapPin, registration: Landmark, 'public-address': MapPin, 'block-page': Funnel, shield: Eye, 'text-first': FileText,
  'lists-in-force': ListChecks, 'not-checked': ListX, recovered: LifeBuoy, 'inbox-unreadable': MailWarning, 'wrong-passphrase': UserRoundX, locked: Lock, resumed: LockOpen, 'sign-out': LogOut,
  'clock-jump': Timer, 'clock-check': Clock, timestamp: Stamp, 'timestamp-failed': FileX2,
};

/** The icon of a kind of entry; the words beside it say the same. */
export function RecordIcon({ kind }: { readonly kind: string }) {
  const Icon = ICONS[kind] ?? Circle;
  return <Icon className="record-icon" size={17} aria-hidden="true" />;
}
