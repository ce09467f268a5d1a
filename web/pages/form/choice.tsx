import { useEffect } from 'preact/hooks';
import { amendmentOf } from '../../../lambdas/domain/amendment.ts';
import { attachmentsOf } from '../../../lambdas/domain/forms/attached.ts';
import type { FormInUse } from '../../../lambdas/forms/form.ts';
import { age, dayAndClock, iso } from '../../client/dates.ts';
import { focusById } from '../../client/focus.ts';
import type { DeviceCopy } from '../../client/on-device.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Notice } from '../../components/notice/notice.tsx';
import { pageUrl } from '../../urls.ts';
import { AmendsGone } from './amends.tsx';
import type fi from './fi.json';
import type { Candidate } from './opening.ts';

const idOf = (candidate: Candidate): string =>
  candidate.kind === 'draft' ? candidate.draft.id : candidate.copy.draft;
const timeOf = (candidate: Candidate): number =>
  candidate.kind === 'draft' ? candidate.draft.updatedAt : candidate.copy.at;

interface ChoiceProperties {
  readonly form: FormInUse;
  readonly candidates: readonly Candidate[];
  readonly onChoose: (candidate: Candidate) => void;
  readonly onNew: () => void;
}

const Offer = ({ candidate, onChoose }: { candidate: Candidate; onChoose: () => void }) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  const at = timeOf(candidate);
  const label = `offer-${idOf(candidate)}`;
  return (
    <li class="card">
      <p id={label}>
        {t(candidate.kind === 'draft' ? 'choice.draft' : 'choice.copy')}{' '}
        <time dateTime={iso(at)}>{dayAndClock(at, language)}</time> ({age(at, Date.now(), language)})
      </p>
      <div>
        <button
          type="button"
          class="hds-button hds-button--primary"
          aria-describedby={label}
          onClick={onChoose}
        >
          {t('choice.continue')}
        </button>
      </div>
    </li>
  );
};

/** There are unfinished drafts of this form: one to go on with, or a new one. */
export const Choice = ({ form, candidates, onChoose, onNew }: ChoiceProperties) => {
  const t = texts<keyof typeof fi>();
  return (
    <div class="stack stack--l">
      <h1>{form.title[pageLanguage()]}</h1>
      <section class="stack" aria-labelledby="choice">
        <h2 id="choice">{t('choice')}</h2>
        <p>{t('choice.text', { count: candidates.length })}</p>
        <ul class="card-grid">
          {candidates.map(candidate => (
            <Offer key={idOf(candidate)} candidate={candidate} onChoose={() => onChoose(candidate)} />
          ))}
        </ul>
        <div>
          <button type="button" class="hds-button hds-button--secondary" onClick={onNew}>
            {t('choice.new')}
          </button>
        </div>
      </section>
    </div>
  );
};

interface GoneProperties {
  readonly form: FormInUse;
  /** Its id. */
  readonly draft: string;
  readonly onNew: () => void;
  /** Goes on with what this device still has of it. */
  readonly onCopy: (copy: DeviceCopy) => void;
  readonly copy: DeviceCopy | undefined;
}

/** The draft one came for was sent, deleted, or too old: told, and nothing begun in its place unasked. */
export const Gone = (properties: GoneProperties) => {
  const amends = amendmentOf(properties.draft);
  return amends ? <AmendsGone form={properties.form} {...amends} /> : <DraftGone {...properties} />;
};

const DraftGone = ({ form, onNew, onCopy, copy }: GoneProperties) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  useEffect(() => focusById('gone'), []);
  return (
    <div class="stack">
      <h1 id="gone">{form.title[language]}</h1>
      <Notice kind="alert" title={t('gone')}>
        <p>{t('gone.text')}</p>
        {copy && <p>{t('gone.copy')}</p>}
        {copy && attachmentsOf(form, copy.answers).length > 0 && <p>{t('conflict.files')}</p>}
      </Notice>
      <div class="actions">
        {copy && (
          <button type="button" class="hds-button hds-button--primary" onClick={() => onCopy(copy)}>
            {t('conflict.new')}
          </button>
        )}
        <a class="hds-button hds-button--secondary" href={pageUrl(language, 'folder')}>
          {t('sent.folder')}
        </a>
        <button type="button" class="hds-button hds-button--secondary" onClick={onNew}>
          {t('choice.new')}
        </button>
      </div>
    </div>
  );
};
