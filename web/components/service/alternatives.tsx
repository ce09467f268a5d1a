import type { Link, ReadChannel } from '../../../lambdas/domain/catalogue/service.ts';
import type { Language } from '../../../lambdas/domain/language.ts';
import { RichText } from '../rich-text/rich-text.tsx';
import { chargeInWords } from './charge.ts';
import type { ServiceTranslator } from './service-texts.ts';

export const Links = ({ links }: { links: readonly Link[] }) => (
  <ul class="list-plain links">
    {links.map(({ title, url, format }) => (
      <li key={url}>
        <a href={url}>{title}</a>
        {format && ` (${format})`}
      </li>
    ))}
  </ul>
);

const phoneLink = (phone: string): string | undefined => {
  const digits = phone.replace(/[^+\d]/g, '').replace(/^0/, '+358');
  return /^\+?\d{3,15}$/.test(digits) ? `tel:${digits}` : undefined;
};

interface FactProps {
  readonly label: string;
  /** Of what is said, where it is not the page's. */
  readonly lang: Language | undefined;
  readonly children: string;
}

const Fact = ({ label, lang, children }: FactProps) => (
  <p>
    <span class="muted">{label}:</span> <span lang={lang}>{children}</span>
  </p>
);

interface ChannelProps {
  readonly way: ReadChannel;
  readonly language: Language;
  readonly t: ServiceTranslator;
}

const ChannelView = ({ way, language, t }: ChannelProps) => {
  const { channel } = way;
  const lang = way.language === language ? undefined : way.language;
  const linksLang = way.linksLanguage === language ? undefined : way.linksLanguage;
  const tel = channel.phone && phoneLink(channel.phone);
  const texts = [channel.prerequisites, channel.information, channel.process].filter(
    text => text !== undefined,
  );
  return (
    <div class="channel">
      <h3>{t(channel.kind)}</h3>
      {channel.name && (
        <p class="channel__name" lang={lang}>
          {channel.name}
        </p>
      )}
      {channel.phone && (
        <p class="channel__phone">{tel ? <a href={tel}>{channel.phone}</a> : channel.phone}</p>
      )}
      {(['charge', 'hours', 'address'] as const).map(
        fact =>
          channel[fact] && (
            <Fact key={fact} label={t(fact)} lang={lang}>
              {fact === 'charge' ? chargeInWords(channel[fact], way.language) : channel[fact]}
            </Fact>
          ),
      )}
      {channel.email && (
        <p>
          <a href={`mailto:${channel.email}`}>{channel.email}</a>
        </p>
      )}
      {texts.length > 0 && (
        <div lang={lang}>
          {texts.map((text, index) => (
            <RichText key={index} text={text} />
          ))}
        </div>
      )}
      {channel.links.length > 0 && (
        <div lang={linksLang}>
          <Links links={channel.links} />
        </div>
      )}
    </div>
  );
};

/** *Vaihtoehtoiset asiointitavat* (R2.4): folded where the matter can be taken care of on the web. */
export const Alternatives = (props: {
  ways: readonly ReadChannel[];
  open: boolean;
  language: Language;
  t: ServiceTranslator;
}) => {
  const { ways, open, language, t } = props;
  if (ways.length === 0) return null;
  return (
    <details class="accordion alternatives" open={open}>
      <summary>{t('alternatives')}</summary>
      <div class="accordion__body">
        {ways.map((way, index) => (
          <ChannelView key={index} way={way} language={language} t={t} />
        ))}
      </div>
    </details>
  );
};
