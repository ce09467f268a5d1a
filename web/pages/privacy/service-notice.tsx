import type { translator } from '../../../lambdas/domain/texts.ts';
import { Section } from '../../components/prose/section.tsx';
import { type PageContext, privacyKeys } from '../../page.ts';
import type fi from './fi.json';

/** The same for every service, after what is its own. */
const shared = ['contact', 'outside', 'automated', 'rights', 'complain'] as const;

interface Props {
  readonly service: PageContext['ownServices'][number];
  readonly context: PageContext;
  readonly t: ReturnType<typeof translator<keyof typeof fi>>;
  /** Names and addresses the shared texts speak of. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** *Rekisteriseloste* of one service: what it says of itself, then what is the same for all. */
export const ServiceNotice = ({ service, context, t, values }: Props) => {
  const { language, site, url } = context;
  const city = site.city.name[language];
  const own = service.privacy[language];
  return (
    <div class="stack stack--l">
      {privacyKeys.map(key => (
        <Section key={key} id={key} title={t(key)} text={own[key].replaceAll('{city}', city)} />
      ))}
      {shared.map(key => (
        <Section key={key} id={key} title={t(key)} text={t(`${key}Text`, values[key])} />
      ))}
      <p>
        <a href={url('services', service.id)}>{t('toService', { service: service.name[language] })}</a>
      </p>
    </div>
  );
};
