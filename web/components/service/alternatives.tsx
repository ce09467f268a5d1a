import type { Channel, Link } from '../../../lambdas/domain/catalogue/service.ts';
import { RichText } from '../rich-text/rich-text.tsx';
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

const Fact = ({ label, children }: { label: string; children: string }) => (
  <p>
    <span class="muted">{label}:</span> {children}
  </p>
);

const ChannelView = ({ channel, t }: { channel: Channel; t: ServiceTranslator }) => {
  const tel = channel.phone && phoneLink(channel.phone);
  return (
    <div class="channel">
      <h3>{t(channel.kind)}</h3>
      {channel.name && <p class="channel__name">{channel.name}</p>}
      {channel.phone && (
        <p class="channel__phone">{tel ? <a href={tel}>{channel.phone}</a> : channel.phone}</p>
      )}
      {channel.charge && <Fact label={t('charge')}>{channel.charge}</Fact>}
      {channel.hours && <Fact label={t('hours')}>{channel.hours}</Fact>}
      {channel.email && (
        <p>
          <a href={`mailto:${channel.email}`}>{channel.email}</a>
        </p>
      )}
      {channel.address && <Fact label={t('address')}>{channel.address}</Fact>}
      {channel.prerequisites && <RichText text={channel.prerequisites} />}
      {channel.information && <RichText text={channel.information} />}
      {channel.process && <RichText text={channel.process} />}
      {channel.links.length > 0 && <Links links={channel.links} />}
    </div>
  );
};

/** *Vaihtoehtoiset asiointitavat* (R2.4): folded where the matter can be taken care of on the web. */
export const Alternatives = (props: {
  channels: readonly Channel[];
  open: boolean;
  t: ServiceTranslator;
}) => {
  const { channels, open, t } = props;
  if (channels.length === 0) return null;
  return (
    <details class="accordion alternatives" open={open}>
      <summary>{t('alternatives')}</summary>
      <div class="accordion__body">
        {channels.map((channel, index) => (
          <ChannelView key={index} channel={channel} t={t} />
        ))}
      </div>
    </details>
  );
};
