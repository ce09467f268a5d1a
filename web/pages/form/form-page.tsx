import { useState } from 'preact/hooks';
import type { FormInUse } from '../../../lambdas/forms/form.ts';
import { lazily } from '../../client/lazily.tsx';
import type { DeviceCopy } from '../../client/on-device.ts';
import type { SignedIn } from '../../client/session.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import { Closing } from './closing.tsx';
import type fi from './fi.json';
import { Filler } from './filler.tsx';
import { anew, type Opened, open } from './opening.ts';

const later = () => import('./later.ts');
const Missing = lazily(() => later().then(part => part.Missing));
const Unavailable = lazily(() => later().then(part => part.Unavailable));
const Applicant = lazily(() => import('./applicant.tsx').then(part => part.Applicant));
const Choice = lazily(() => later().then(part => part.Choice));
const CarriedOver = lazily(() => later().then(part => part.CarriedOver));
const ConsentGate = lazily(() => later().then(part => part.ConsentGate));
const Gone = lazily(() => later().then(part => part.Gone));

interface Properties {
  readonly opened: Exclude<Opened, { kind: 'missing' }>;
  /** Another beginning than the address said. */
  readonly onGo: (opened: Opened) => void;
  readonly onReload: () => void;
}

const nameWindow = ({ title }: FormInUse): void => {
  document.title = `${title[pageLanguage()]} – ${document.title.split(' – ').slice(1).join(' – ')}`;
};

/** Where consent must come first, whoever may fill the form in at all is asked for it before anything else. */
const Form = (properties: Properties) => {
  const { current } = properties.opened;
  const form = <Filling {...properties} />;
  if (current.settings.requiresConsent === undefined || current.availability !== 'open') return form;
  return <ConsentGate form={current}>{form}</ConsentGate>;
};

const Filling = ({ opened, onGo, onReload }: Properties) => {
  const { current } = opened;
  if (current.availability !== 'open')
    return (
      <Unavailable
        form={current}
        hasDraft={opened.kind === 'filling' && opened.opening.start !== undefined}
        onOpen={onReload}
      />
    );
  const begin = () => onGo({ kind: 'filling', current, opening: anew(current) });
  switch (opened.kind) {
    case 'choice':
      return (
        <Choice
          form={current}
          candidates={opened.candidates}
          onChoose={candidate =>
            void later()
              .then(({ goOnWith }) => goOnWith(current, candidate))
              .then(onGo, onReload)
          }
          onNew={begin}
        />
      );
    case 'gone': {
      const { copy, draft } = opened;
      const goOn = async (kept: DeviceCopy) =>
        onGo({ kind: 'filling', current, opening: await (await later()).asNew(current, kept) });
      return <Gone form={current} draft={draft} onNew={begin} copy={copy} onCopy={kept => void goOn(kept)} />;
    }
    case 'filling':
      return (
        <>
          <Closing form={current} />
          {opened.opening.isCarriedOver && <CarriedOver />}
          <Filler {...opened.opening} />
        </>
      );
  }
};

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
  const form = <Form opened={opened} onGo={setChosen} onReload={found.reload} />;
  // One's own matter, of which the frame tells the name, is the usual case and needs nothing more.
  if (!session.organisation && current.settings.applicants.includes('person')) return form;
  return (
    <Applicant form={current} session={session}>
      {form}
    </Applicant>
  );
};
