import type { CaseAttachment } from '../../../lambdas/domain/case.ts';
import { texts } from '../../client/texts.ts';
import { kilobytes } from '../../components/form/file-size.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Icon } from '../../components/icon/icon.tsx';
import type fi from './fi.json';
import { Part } from './part.tsx';

/** By name; they cannot be opened in the folder (R7.6). */
export const Attachments = ({ attachments }: { attachments: readonly CaseAttachment[] }) => {
  const t = texts<keyof typeof fi>();
  if (attachments.length === 0) return null;
  return (
    <Part title={t('attachments')}>
      <p class="muted">{t('attachments.closed')}</p>
      <ul class="list-plain stack stack--s">
        {attachments.map(attachment => (
          <li key={attachment.id} class="case__attachment">
            <Icon name="paperclip" />
            <span>
              {attachment.name} ({kilobytes(attachment.size, pageLanguage())})
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
};
