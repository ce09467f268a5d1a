import { useEffect, useRef, useState } from 'preact/hooks';
import { toReturnPath } from '../../../lambdas/domain/return-path.ts';
import type { MandateAnswer } from '../../../lambdas/http/wire/session.ts';
import { ApiFailure, getMandate, putMandate } from '../../client/api.ts';
import { tell } from '../../client/channel.ts';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import { pageUrl } from '../../urls.ts';
import type fi from './fi.json';

type Key = keyof typeof fi;

const asked = () => new URLSearchParams(location.search);
/** Where one was going, as far as that is a page of ours. */
const returnPath = (): string | undefined => toReturnPath(asked().get('return') ?? undefined);
const withReturn = (path: string): string => {
  const back = returnPath();
  return back === undefined ? path : `${path}?return=${encodeURIComponent(back)}`;
};

const reasons = ['several', 'cancelled', 'none', 'no-code', 'unavailable', 'expired', 'lost'] as const;
type Reason = (typeof reasons)[number];

const reasonFor = ({ mandateLost }: MandateAnswer): Reason | undefined =>
  mandateLost ? 'lost' : reasons.find(reason => reason === asked().get('reason') && reason !== 'lost');

const kinds = { several: 'info', cancelled: 'info', lost: 'error' } as const;

/** What brought one here; heard at once, for one did not ask for this page. */
const Why = ({ reason, answer }: { reason: Reason; answer: MandateAnswer }) => {
  const t = texts<Key>();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const kind = reason in kinds ? kinds[reason as keyof typeof kinds] : 'alert';
  const { organisation } = answer;
  return (
    <div ref={box} tabIndex={-1}>
      <Notice kind={kind} title={t(`reason.${reason}`)}>
        <p>{t(reason === 'no-code' ? 'noCode' : `reason.${reason}.text`)}</p>
        {reason === 'lost' && organisation && <p>{t('reason.lost.named', { name: organisation.name })}</p>}
      </Notice>
    </div>
  );
};

interface Option {
  /** Absent: oneself. */
  readonly businessId?: string;
  readonly title: string;
}

const optionsOf = ({ name, mandates }: MandateAnswer, self: (name: string) => string): readonly Option[] => [
  { title: self(name) },
  ...mandates.map(({ businessId, name: title }) => ({ businessId, title })),
];

const failureText = (error: unknown): Key => {
  const kind = error instanceof ApiFailure ? error.kind : '';
  if (kind === 'mandate-lost') return 'failed.lost';
  return kind === 'mandate-unavailable' ? 'failed.unavailable' : 'failed';
};

/** On to where one was going, by way of the registration where this folder has none yet. */
const leave = ({ registered }: Pick<MandateAnswer, 'registered'>): void =>
  location.assign(
    registered
      ? (returnPath() ?? pageUrl(pageLanguage(), 'front'))
      : withReturn(pageUrl(pageLanguage(), 'register')),
  );

const useSwitch = () => {
  const t = texts<Key>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Key>();
  const choose = async ({ businessId }: Option): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setFailure(undefined);
    announce(t('switching'));
    try {
      const answer = await putMandate({ organisation: businessId ?? null });
      // What other tabs show is not this folder's any more.
      tell({ type: 'switched' });
      leave(answer);
    } catch (error) {
      // It may have been switched all the same.
      tell({ type: 'switched' });
      setFailure(failureText(error));
      setBusy(false);
    }
  };
  return { failure, choose };
};

const Choices = ({ answer }: { answer: MandateAnswer }) => {
  const t = texts<Key>();
  const { failure, choose } = useSwitch();
  const current = answer.mandateLost ? null : answer.organisation?.businessId;
  return (
    <section class="stack" aria-labelledby="choices">
      <h2 id="choices">{t('choices')}</h2>
      <div role="alert">{failure && <Notice kind="error" title={t(failure)} />}</div>
      <ul class="card-grid choices">
        {optionsOf(answer, name => t('self', { name })).map(option => {
          const { businessId, title } = option;
          const isCurrent = businessId === current;
          const note = businessId === undefined ? [] : [t('businessId', { id: businessId })];
          return (
            <li class="card stack" key={businessId ?? ''}>
              <h3>{title}</h3>
              {note.length > 0 && <p class="muted">{note}</p>}
              {isCurrent && <p>{t('chosen')}</p>}
              <div>
                <button
                  type="button"
                  class={`hds-button hds-button--${isCurrent ? 'secondary' : 'primary'}`}
                  aria-label={`${t('goOn')}: ${title}`}
                  onClick={() => (isCurrent ? leave(answer) : void choose(option))}
                >
                  {t('goOn')}
                </button>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
};

const Register = ({ canAsk }: Pick<MandateAnswer, 'canAsk'>) => {
  const t = texts<Key>();
  return (
    <section class="stack narrow" aria-labelledby="register">
      <h2 id="register">{t('register')}</h2>
      <p>{t(canAsk ? 'register.text' : 'noCode')}</p>
      {canAsk && (
        <p>
          <a class="hds-button hds-button--secondary" href={withReturn('/api/auth/mandate')}>
            {t('register.go')}
          </a>
        </p>
      )}
    </section>
  );
};

/** *Kenen puolesta asioit*. */
export const ActFor = () => {
  const t = texts<Key>();
  const found = useLoad(getMandate);
  if (found.state === 'loading') return <Loading />;
  if (found.state === 'failed') return <LoadFailure what={t('loadFailed')} onRetry={found.reload} />;
  const answer = found.value;
  const reason = reasonFor(answer);
  const { organisation, name, mandateLost } = answer;
  return (
    <div class="stack stack--l">
      {reason && <Why reason={reason} answer={answer} />}
      {!mandateLost && (
        <p>
          <strong>
            {t(organisation ? 'now.organisation' : 'now.self', { name: organisation?.name ?? name })}
          </strong>
        </p>
      )}
      <Choices answer={answer} />
      <Register canAsk={answer.canAsk} />
    </div>
  );
};
