import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import type { FormInUse } from '../../../lambdas/forms/form.ts';
import type { DraftAnswer } from '../../../lambdas/http/wire.ts';
import { ApiFailure, getForm } from '../../client/api.ts';
import { lazily } from '../../client/lazily.tsx';
import { countOpening } from '../../client/public-api.ts';
import type { SignedIn } from '../../client/session.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import { placeOf } from '../../urls.ts';
import { draftInAddress, putInAddress } from './address.ts';
import { getDraft, getFormInUse } from './draft-api.ts';
import type fi from './fi.json';
import { Filler } from './filler.tsx';

const gate = () => import('./later.ts');
const Missing = lazily(() => gate().then(part => part.Missing));
const Unavailable = lazily(() => gate().then(part => part.Unavailable));
const WrongApplicant = lazily(() => gate().then(part => part.WrongApplicant));

interface Opened {
  /** The version in use: whether it can be sent is its to say. */
  readonly current: FormInUse;
  /** The version the draft was begun with. */
  readonly form: CompiledForm;
  readonly draftId: string;
  readonly draft?: DraftAnswer;
}

const unlessMissing = async <Value,>(found: Promise<Value>): Promise<Value | undefined> => {
  try {
    return await found;
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 404) return undefined;
    throw error;
  }
};

const open = async (): Promise<Opened | undefined> => {
  const given = draftInAddress();
  const [current, draft] = await Promise.all([
    unlessMissing(getFormInUse(placeOf(location.pathname)?.rest[0] ?? '')),
    given === undefined ? undefined : unlessMissing(getDraft(given)),
  ]);
  if (!current) return undefined;
  // The id of a draft that was sent answers for the case it became: what is begun now needs one of its own.
  if (given === undefined || !draft || draft.form !== current.id) {
    putInAddress(undefined);
    countOpening(current.service);
    return { current, form: current, draftId: crypto.randomUUID() };
  }
  const isSame = draft.formVersion === current.version;
  const form = isSame ? current : await getForm<CompiledForm>(draft.form, draft.formVersion);
  return { current, form, draftId: given, draft };
};

const Form = ({ opened, session }: { opened: Opened; session: SignedIn }) => {
  const { current, form, draftId, draft } = opened;
  document.title = `${form.title[pageLanguage()]} – ${document.title.split(' – ').slice(1).join(' – ')}`;
  if (!current.settings.applicants.includes(session.kind))
    return <WrongApplicant form={current} session={session} />;
  if (current.availability !== 'open') return <Unavailable form={current} />;
  return <Filler form={form} draftId={draftId} {...(draft && { draft })} />;
};

/** The page of every form: finds it, and the draft, and who may fill it in. */
export const FormPage = ({ session }: { session: SignedIn }) => {
  const t = texts<keyof typeof fi>();
  const opened = useLoad(open);
  if (opened.state === 'loading') return <Loading />;
  if (opened.state === 'failed') return <LoadFailure what={t('loadFailed')} onRetry={opened.reload} />;
  return opened.value ? <Form opened={opened.value} session={session} /> : <Missing />;
};
