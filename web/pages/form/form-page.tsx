import { useState } from 'preact/hooks';
import { mayUse } from '../../../lambdas/domain/mandate.ts';
import type { FormInUse } from '../../../lambdas/forms/form.ts';
import { lazily } from '../../client/lazily.tsx';
import type { SignedIn } from '../../client/session.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { ActingFor } from '../../components/acting-for/acting-for.tsx';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import type { BeforeProperties } from './before.tsx';
import { ConsentGate } from './consent-gate.tsx';
import type fi from './fi.json';
import { Filler } from './filler.tsx';
import { type Opened, open } from './opening.ts';

const later = () => import('./later.ts');
const Missing = lazily(() => later().then(part => part.Missing));
const Before = lazily(() => later().then(part => part.Before));
const NotForThisOne = lazily(() => import('./applicant.tsx').then(part => part.NotForThisOne));
const CarriedOver = lazily(() => later().then(part => part.CarriedOver));

const nameWindow = ({ title }: FormInUse): void => {
  document.title = `${title[pageLanguage()]} – ${document.title.split(' – ').slice(1).join(' – ')}`;
};

/** Where consent must come first, whoever may fill the form in at all is asked for it before anything else. */
const Form = (properties: BeforeProperties) => {
  const { current } = properties.opened;
  const form = <Filling {...properties} />;
  if (current.settings.requiresConsent === undefined || current.availability !== 'open') return form;
  return <ConsentGate form={current}>{form}</ConsentGate>;
};

const Filling = (properties: BeforeProperties) => {
  const { opened } = properties;
  const { current } = opened;
  if (opened.kind !== 'filling' || current.availability !== 'open') return <Before {...properties} />;
  return (
    <>
      {opened.opening.isCarriedOver && <CarriedOver />}
      <Filler {...opened.opening} />
    </>
  );
};

const isFor = ({ settings }: FormInUse, { kind, roles = [] }: SignedIn): boolean =>
  settings.applicants.includes(kind) && mayUse({ kind, mandate: { roles } }, settings.roles);

/** The page of every form: finds it, and the draft, and who may fill it in. */
export const FormPage = ({ session, first }: { session: SignedIn; first: Opened | undefined }) => {
  const t = texts<keyof typeof fi>();
  const found = useLoad(open, '', first);
  const [chosen, setChosen] = useState<Opened>();
  if (found.state === 'loading') return <Loading />;
  if (found.state === 'failed') return <LoadFailure what={t('loadFailed')} onRetry={found.reload} />;
  const opened = chosen ?? found.value;
  if (opened.kind === 'missing') return <Missing />;
  const { current } = opened;
  nameWindow(current);
  if (!isFor(current, session)) return <NotForThisOne form={current} session={session} />;
  return (
    <>
      {session.organisation && <ActingFor name={session.organisation.name} />}
      <Form opened={opened} onGo={setChosen} onReload={found.reload} />
    </>
  );
};
