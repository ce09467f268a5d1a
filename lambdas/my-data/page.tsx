import type { ComponentChildren } from 'preact';
import { day, dayAndClock } from '../../web/client/dates.ts';
import { AnswersView } from '../../web/components/form/answers-view.tsx';
import type { CompiledForm } from '../domain/forms/types.ts';
import type { Language, Translated } from '../domain/language.ts';
import type { MyDataAnswer } from '../http/wire/my-data.ts';
import { CaseView } from '../records/case-record.tsx';
import { methodText, recordText } from '../records/record-texts.ts';
import { Facts, renderSheet } from '../records/sheet.tsx';

export interface MyDataPage {
  readonly language: Language;
  readonly city: Translated;
  readonly data: MyDataAnswer;
  /** Of a version, or the one in use; undefined where it cannot be had. */
  readonly formOf: (id: string, version?: string) => CompiledForm | undefined;
}

const List = ({ title, lead, lines }: { title: string; lead?: string; lines: readonly string[] }) => {
  if (lines.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      {lead && <p>{lead}</p>}
      <ul>
        {lines.map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
};

const Profile = ({ data: { profile }, language }: MyDataPage) => {
  const t = recordText(language);
  if (!profile) return null;
  const { consent } = profile;
  const given = t('consent.given', { time: dayAndClock(consent.at, language), version: consent.version });
  return (
    <>
      <h2>{t('details')}</h2>
      <Facts
        facts={[
          [t('name'), profile.name],
          [t('identityCode'), profile.identityCode ?? t('none')],
          [t('email'), profile.email ?? t('none')],
          [t('phone'), profile.phone ?? t('none')],
          [t('channel'), profile.channel ? t(`channel.${profile.channel}`) : t('none')],
          [t('language'), profile.language ? t(`language.${profile.language}`) : t('none')],
          [t('consent'), given],
        ]}
      />
    </>
  );
};

/** Answers as their form shows them; as they are where the form cannot be had. */
const Raw = ({ answers }: { answers: unknown }) => <pre>{JSON.stringify(answers, undefined, 2)}</pre>;

const Cases = ({ data: { cases }, language, formOf }: MyDataPage) => {
  const t = recordText(language);
  return (
    <>
      <h2>{t('cases')}</h2>
      {cases.length === 0 && <p>{t('cases.none')}</p>}
      {cases.map(shown => {
        const form = formOf(shown.form, shown.formVersion);
        return (
          <section key={shown.caseNumber}>
            <h3>{t('case.title', { number: shown.caseNumber })}</h3>
            {form ? (
              <CaseView shown={shown} form={form} language={language} level={4} />
            ) : (
              <Raw answers={shown} />
            )}
          </section>
        );
      })}
    </>
  );
};

const Drafts = ({ data: { drafts }, language, formOf }: MyDataPage) => {
  const t = recordText(language);
  return (
    <>
      <h2>{t('drafts')}</h2>
      {drafts.length === 0 && <p>{t('drafts.none')}</p>}
      {drafts.map(({ id, form: name, formVersion, updatedAt, expiresAt, answers, attachments }) => {
        const form = formOf(name, formVersion);
        const times = { time: dayAndClock(updatedAt, language), expires: day(expiresAt, language) };
        return (
          <section key={id}>
            <h3>{form?.title[language] ?? name}</h3>
            <p>{t('draft.saved', times)}</p>
            {form ? (
              <AnswersView form={form} answers={answers} language={language} level={4} />
            ) : (
              <Raw answers={answers} />
            )}
            {attachments.length > 0 && (
              <ul>
                {attachments.map(file => (
                  <li key={file.id}>{file.name}</li>
                ))}
              </ul>
            )}
          </section>
        );
      })}
    </>
  );
};

const Log = ({
  data: { readings, olderReadings, signIns, olderSignIns },
  language,
}: MyDataPage): ComponentChildren => {
  const t = recordText(language);
  const reading = (one: MyDataAnswer['readings'][number]): string => {
    const values = { time: dayAndClock(one.at, language), name: one.by.name };
    const line =
      one.caseNumber === undefined
        ? t('reading.everything', values)
        : t('reading.line', { ...values, number: one.caseNumber });
    return one.purpose === undefined ? line : `${line}. ${t('reading.purpose', { purpose: one.purpose })}`;
  };
  const signIn = ({ at, method, organisation }: MyDataAnswer['signIns'][number]): string => {
    const values = { time: dayAndClock(at, language), method: methodText(language, method) };
    return organisation === undefined
      ? t('signIn.line', values)
      : t('signIn.organisation', { ...values, organisation });
  };
  return (
    <>
      <List title={t('readings')} lead={t('log.text')} lines={readings.map(reading)} />
      {readings.length === 0 && (
        <>
          <h2>{t('readings')}</h2>
          <p>{t('readings.none')}</p>
        </>
      )}
      {olderReadings !== undefined && <p>{t('log.older')}</p>}
      <List title={t('signIns')} lead={t('log.text')} lines={signIns.map(signIn)} />
      {olderSignIns !== undefined && <p>{t('log.older')}</p>}
    </>
  );
};

const Traces = ({ data: { receipts, consents, notifications }, language, formOf }: MyDataPage) => {
  const t = recordText(language);
  const at = (time: number): string => dayAndClock(time, language);
  const nameOf = (form: string, version?: string): string => formOf(form, version)?.title[language] ?? form;
  return (
    <>
      <List
        title={t('receipts')}
        lead={t('receipts.text')}
        lines={receipts.map(({ caseNumber, form, formVersion, submittedAt }) =>
          t('receipt.line', { number: caseNumber, form: nameOf(form, formVersion), time: at(submittedAt) }),
        )}
      />
      <List
        title={t('consents')}
        lines={consents.map(one => t('consent.line', { form: nameOf(one.form), time: at(one.at) }))}
      />
      <List
        title={t('notifications')}
        lead={t('notifications.text')}
        lines={notifications.map(({ hour }) => at(Date.parse(hour)))}
      />
    </>
  );
};

const Whole = (page: MyDataPage) => {
  const { language, city, data } = page;
  const t = recordText(language);
  const time = dayAndClock(data.collectedAt, language);
  return (
    <>
      <p class="city">{city[language]}</p>
      <h1>{t('person.title')}</h1>
      <p>{t('person.lead', { city: city[language], time })}</p>
      <p>{t('person.departments')}</p>
      <Profile {...page} />
      <Cases {...page} />
      <Drafts {...page} />
      <Traces {...page} />
      <Log {...page} />
    </>
  );
};

/** Everything the portal keeps of a person, to be read. */
export const renderMyData = (page: MyDataPage): string =>
  renderSheet({
    language: page.language,
    title: recordText(page.language)('person.title'),
    body: () => <Whole {...page} />,
  });
