import { ChevronLeft } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { Button } from './button.js';
import { ErrorSummary, type Problem } from './error-summary.js';
import { Foot } from './foot.js';
import { PageHeading } from './heading.js';

/** Props of {@link QuestionPage}. */
export interface QuestionPageProps {
  readonly title: string;
  readonly caption?: string;
  readonly intro?: ReactNode;
  readonly problems: readonly Problem[];
  readonly submit: string;
  readonly pending?: boolean;
  /** Wide enough for two people to sign beside each other. */
  readonly wide?: boolean;
  readonly onSubmit: () => void;
  readonly onBack?: (() => void) | undefined;
  readonly children?: ReactNode;
  /** Another button beside the one that goes on. */
  readonly beside?: ReactNode;
  readonly aside?: ReactNode;
}

/** One question: a way back, the heading, the fields and one button that goes on. */
export function QuestionPage({ title, caption, intro, problems, submit, pending = false, wide = false, onSubmit, onBack, children, beside, aside }: QuestionPageProps) {
  const going = useRef<HTMLDivElement>(null);
  // Who presses Enter in a field may not see the button, nor that anything goes on.
  useEffect(() => { if (pending) going.current?.scrollIntoView({ block: 'nearest' }); }, [pending]);
  return (
    <div className={wide ? 'question question-wide' : 'question'}>
      {onBack !== undefined && <p className="question-back"><Button look="link" onPress={onBack}><ChevronLeft className="inline-icon" size={18} aria-hidden="true" />Back</Button></p>}
      <Form className="stack-wide" validationBehavior="aria" onSubmit={(event) => { event.preventDefault(); onSubmit(); }}>
        <ErrorSummary problems={problems} />
        <div>
          {caption !== undefined && <p className="question-caption">{caption}</p>}
          <PageHeading title={title} />
          {intro !== undefined && <div className="question-intro stack-tight">{intro}</div>}
        </div>
        {children}
        <Foot place={going} button={<><Button type="submit" look="primary" large pending={pending}>{submit}</Button>{beside}</>}>{aside}</Foot>
      </Form>
    </div>
  );
}
