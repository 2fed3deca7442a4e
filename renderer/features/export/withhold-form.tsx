import type { ReviewView } from '../../../src/ipc/disclosure-contract.js';
import { WITHHOLDING_REASONS, type WithholdingReason } from '../../../src/investigation/policy/withholding.js';
import { goTo } from '../../store.js';
import { Button } from '../../ui/button.js';
import { Checkbox } from '../../ui/choices.js';
import { problemOf, type Problem } from '../../ui/error-summary.js';
import { Select } from '../../ui/select.js';
import { TextField } from '../../ui/text-field.js';
import { ExhibitThumbnail } from '../review/thumbnail.js';
import { openExhibit } from '../review/looking.js';
import { fatesOf, fieldOf, GROUPS, hasChoice, NO_WISH, type Fate, type Wish, type Wishes } from './wishes.js';

/** Props of {@link WithholdForm}. */
export interface WithholdFormProps {
  readonly review: ReviewView;
  readonly wishes: Wishes;
  readonly problems: readonly Problem[];
  readonly onChange: (about: string, wish: Wish) => void;
}

/** What two reviewers withhold from one copy, each thing with a reason. What is not chosen goes in. */
export function WithholdForm({ review, wishes, problems, onChange }: WithholdFormProps) {
  const wish = (about: string): Wish => wishes[about] ?? NO_WISH;
  const exhibits = review.exhibits.filter((each) => !each.quarantined);
  const why = (about: string, name: string) => wish(about).fate !== 'whole' && <Why about={about} name={name} wish={wish(about)} problems={problems} onChange={onChange} />;
  const line = (about: string, title: string, help?: string) => (
    <li key={about} className="withhold-line stack-tight">
      <Checkbox id={fieldOf(about)} label={title} {...(help === undefined || help === '' ? {} : { help })} selected={wish(about).fate !== 'whole'} onChange={(on) => { onChange(about, { ...wish(about), fate: on ? 'withheld' : 'whole' }); }} />
      {why(about, title)}
    </li>
  );
  const words = (kind: 'concern' | 'note') => review.words.filter((each) => each.kind === kind);
  return (
    <section className="stack-wide" aria-labelledby="withhold-title">
      <div className="stack-tight">
        <h2 id="withhold-title">What do you withhold?</h2>
        <p>Everything goes in unless you choose it here. The recipient sees that something is withheld, and your reason for it. What is quarantined never goes in.</p>
      </div>
      {!hasChoice(review) && <p className="muted">There is nothing in this case to choose from.</p>}
      {exhibits.length > 0 && (
        <div className="stack-tight">
          <h3>Exhibits</h3>
          <ul className="withhold-list">
            {exhibits.map((exhibit) => {
              const about = `exhibit ${exhibit.reference}`;
              return (
                <li key={about} className="withhold-line withhold-exhibit">
                  <ExhibitThumbnail exhibit={exhibit} width={104} />
                  <div className="stack-tight">
                    <p className="small wrap-anywhere"><b>{exhibit.reference}</b> <span className="muted">{exhibit.url}</span></p>
                    <Select id={fieldOf(about)} label={`What becomes of ${exhibit.reference}?`} options={fatesOf(exhibit)} value={wish(about).fate} onChange={(fate) => { onChange(about, { ...wish(about), fate: fate as Fate }); }} />
                    {exhibit.redactions.length === 0 && exhibit.image !== null && review.canRedact && <p className="small"><Button look="link" onPress={() => { openExhibit(exhibit.reference); goTo('review'); }}>Make a redacted copy<span className="unseen"> of {exhibit.reference}</span></Button></p>}
                    {why(about, exhibit.reference)}
                  </div>
                </li>
              );
            })}
          </ul>
        </div>
      )}
      {words('concern').length > 0 && <div className="stack-tight"><h3>Withhold concerns</h3><ul className="withhold-list">{words('concern').map((each) => line(`concern ${each.seq}`, `${each.category ?? 'Concern'}: ${beginning(each.text)}`))}</ul></div>}
      {words('note').length > 0 && <div className="stack-tight"><h3>Withhold notes</h3><ul className="withhold-list">{words('note').map((each) => line(`note ${each.seq}`, beginning(each.text)))}</ul></div>}
      <div className="stack-tight"><h3>Withhold as a whole</h3><ul className="withhold-list">{GROUPS.filter((group) => group.id !== 'conclusion' || review.conclusion !== null).map((group) => line(group.id, group.title, group.help))}</ul></div>
    </section>
  );
}

function Why({ about, name, wish, problems, onChange }: { readonly about: string; readonly name: string; readonly wish: Wish } & Pick<WithholdFormProps, 'problems' | 'onChange'>) {
  const field = fieldOf(about);
  const needsWords = WITHHOLDING_REASONS.find((each) => each.id === wish.reason)?.words === true;
  return (
    <div className="withhold-why stack-tight" role="group" aria-label={`Why is this withheld: ${name}`}>
      <Select id={`${field}-reason`} label="Why?" options={WITHHOLDING_REASONS.map(({ id, title }) => ({ id, title }))} value={wish.reason} placeholder="Choose a reason" onChange={(reason) => { onChange(about, { ...wish, reason: reason as WithholdingReason }); }} error={problemOf(problems, `${field}-reason`)} />
      <TextField id={`${field}-words`} label={needsWords ? 'In your own words' : 'In your own words (optional)'} hint="The recipient reads this." maxLength={2_000} value={wish.words} onChange={(words) => { onChange(about, { ...wish, words }); }} error={problemOf(problems, `${field}-words`)} />
    </div>
  );
}

function beginning(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
