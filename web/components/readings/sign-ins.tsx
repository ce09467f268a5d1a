import type { SignInAnswer } from '../../../lambdas/http/wire/access-log.ts';
import { getSignIns } from '../../client/api.ts';
import { texts } from '../../client/texts.ts';
import { Entries } from './entries.tsx';
import type { ReadingsText } from './readings-texts.ts';

const known = ['bank', 'mobile', 'card'] as const;

/** Issuers have words of their own; those nobody here knows are not shown raw. */
const methodName = (method: string): ReadingsText =>
  `signIns.method.${known.find(word => word === method) ?? 'other'}`;

const SignIn = ({ entry: { name, method, organisation } }: { entry: SignInAnswer }) => {
  const t = texts<ReadingsText>();
  return (
    <>
      <strong>{name}</strong>
      {organisation !== undefined && ` ${t('signIns.for', { organisation })}`}
      <br />
      {t(methodName(method))}
    </>
  );
};

/** Who has signed in, when and how. */
export const SignIns = () => {
  const t = texts<ReadingsText>();
  return (
    <div class="stack">
      <p>{t('signIns.lead')}</p>
      <Entries
        load={getSignIns}
        none={t('signIns.none')}
        show={(entry: SignInAnswer) => <SignIn entry={entry} />}
      />
    </div>
  );
};
