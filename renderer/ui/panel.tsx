import { X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { Button } from './button.js';
import { ErrorSummary, type Problem } from './error-summary.js';

/** Props of {@link Panel}. */
export interface PanelProps {
  readonly title: string;
  readonly problems: readonly Problem[];
  readonly submit: string;
  readonly pending: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly closeLabel?: string;
  readonly children: ReactNode;
}

/** A form beside the page; not modal, so that the page and STOP stay in reach. Takes the focus when it opens. */
export function Panel({ title, problems, submit, pending, onSubmit, onClose, closeLabel = 'Cancel', children }: PanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => { heading.current?.focus(); }, []);
  return (
    <section className="panel" role="dialog" aria-modal="false" aria-labelledby="panel-title">
      <div className="panel-top">
        <h2 id="panel-title" ref={heading} tabIndex={-1}>{title}</h2>
        <Button square aria-label="Close" onPress={onClose}><X size={20} aria-hidden="true" /></Button>
      </div>
      <Form className="panel-form" onSubmit={(event) => { event.preventDefault(); onSubmit(); }}>
        <div className="panel-body stack-wide"><ErrorSummary problems={problems} />{children}</div>
        <div className="panel-foot row"><Button type="submit" look="primary" pending={pending}>{submit}</Button><Button onPress={onClose}>{closeLabel}</Button></div>
      </Form>
    </section>
  );
}
