import { render } from 'preact-render-to-string';
import { dayAndClock } from '../../web/client/dates.ts';
import { withTexts } from '../../web/client/texts.ts';
import { AnswersView } from '../../web/components/form/answers-view.tsx';
import { formTexts } from '../../web/components/form/form-texts.ts';
import { hasPlace, type Standing } from '../domain/course.ts';
import type { Answers, CompiledForm } from '../domain/forms/types.ts';
import type { Language, Translated } from '../domain/language.ts';
import { contentMarks, type ReceiptStatement, type SentDocument, signatureMarks } from '../domain/receipt.ts';
import { type Texts, translator } from '../domain/texts.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import style from './receipt.css' with { type: 'text' };
import sv from './sv.json' with { type: 'json' };

const texts = { fi, sv, en } satisfies Record<Language, Texts<keyof typeof fi>>;

export interface ReceiptPage {
  readonly language: Language;
  readonly city: Translated;
  readonly statement: ReceiptStatement;
  /** Name of the form in each language. */
  readonly title: Translated;
  /** Absent where nothing was stored (R6.7). */
  readonly sent?: {
    readonly document: SentDocument;
    /** With those that only helped to fill the form in: what they show is shown. */
    readonly answers: Answers;
    /** What was hashed, to be checked by; absent where the reader is not to have all of it. */
    readonly canonical?: string;
    readonly form: CompiledForm;
  };
  readonly place?: Standing;
}

const Facts = ({ language, statement, title, sent, place }: ReceiptPage) => {
  const t = translator(texts[language], language);
  const applicant = sent?.document.applicant;
  const sender =
    applicant?.organisation === undefined
      ? applicant?.name
      : t('onBehalf', {
          person: applicant.name,
          organisation: applicant.organisation.name,
          businessId: applicant.organisation.businessId,
        });
  const facts = {
    number: statement.caseNumber,
    form: title[language],
    sentAt: dayAndClock(Date.parse(statement.submittedAt), language),
    ...(sender !== undefined && { sender }),
    ...(place && {
      place: hasPlace(place) ? t('place.place') : t('place.waiting', { position: place.rank - place.places }),
    }),
  } as const;
  return (
    <dl class="facts">
      {(Object.keys(facts) as (keyof typeof facts)[]).map(name => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>{facts[name]}</dd>
        </div>
      ))}
      <div>
        <dt>{t('hash')}</dt>
        <dd class="hash">{statement.contentSha256}</dd>
      </div>
    </dl>
  );
};

const Sent = ({ language, sent }: Pick<ReceiptPage, 'language'> & { readonly sent: ReceiptPage['sent'] }) => {
  const t = translator(texts[language], language);
  if (!sent)
    return (
      <div class="note">
        <p>
          <strong>{t('notStored')}</strong>
        </p>
        <p>{t('notStored.text')}</p>
      </div>
    );
  const { attachments } = sent.document;
  return (
    <>
      <h2>{t('answers')}</h2>
      <AnswersView form={sent.form} answers={sent.answers} language={language} />
      {attachments.length > 0 && (
        <>
          <h2>{t('attachments')}</h2>
          <dl>
            {attachments.map(({ name, size, sha256 }) => (
              <div key={sha256}>
                <dt>{name}</dt>
                <dd>{t('attachments.size', { size, sha256 })}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </>
  );
};

const Signature = ({ language, statement }: Pick<ReceiptPage, 'language' | 'statement'>) => {
  const t = translator(texts[language], language);
  return (
    <>
      <h2>{t('signature')}</h2>
      <p>{t('signedAt', { time: dayAndClock(statement.iat * 1000, language) })}</p>
      <p>{t('signature.text', { url: `${statement.iss}/.well-known/jwks.json` })}</p>
    </>
  );
};

const Whole = (page: ReceiptPage) => {
  const t = translator(texts[page.language], page.language);
  return (
    <>
      <p class="city">{page.city[page.language]}</p>
      <h1>{t('heading')}</h1>
      <p>{t('lead')}</p>
      <Facts {...page} />
      <Sent language={page.language} sent={page.sent} />
      <Signature language={page.language} statement={page.statement} />
    </>
  );
};

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** The whole file, with nothing where the signature will stand: one that is printed, kept, and can be checked. */
export const renderReceipt = (page: ReceiptPage): string => {
  const { language, statement, sent } = page;
  const title = translator(texts[language], language)('title', { number: statement.caseNumber });
  const t = translator<string>(formTexts[language], language);
  const body = withTexts(t, () => render(<Whole {...page} />));
  const content = sent?.canonical ? contentMarks.begin + base64(sent.canonical) + contentMarks.end : '';
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title><style>${style}</style></head><body><main>`,
    body,
    signatureMarks.begin,
    signatureMarks.end,
    content,
    '</main></body></html>\n',
  ].join('');
};
