import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';

/** How a button looks: one primary on a screen, red for STOP alone. */
export type ButtonLook = 'plain' | 'primary' | 'stop' | 'link';

/** Props of {@link Button}; `pending` shows that the work goes on and refuses a second press. */
export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'isPending'> {
  readonly look?: ButtonLook;
  readonly large?: boolean;
  readonly wide?: boolean;
  readonly square?: boolean;
  readonly pending?: boolean;
  readonly children: ReactNode;
}

/** A button in words, with or without an icon. */
export function Button({ look = 'plain', large = false, wide = false, square = false, pending = false, children, ...rest }: ButtonProps) {
  const { type, onPress, ...others } = rest;
  const names = [look === 'link' ? 'button-link' : 'button', `button-${look}`, large && 'button-large', wide && 'button-wide', square && 'button-square'];
  return (
    <AriaButton
      {...others} className={names.filter(Boolean).join(' ')} aria-disabled={pending} type={pending ? 'button' : type ?? 'button'} {...(pending || onPress === undefined ? {} : { onPress })}
    >
      {pending && <span className="button-pending" aria-hidden="true" />}
      {children}
      {pending && <span className="unseen">, working</span>}
    </AriaButton>
  );
}
