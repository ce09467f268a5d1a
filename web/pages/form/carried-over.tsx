import { texts } from '../../client/texts.ts';
import { Notice } from '../../components/notice/notice.tsx';
import type fi from './fi.json';

/** The form is a newer one than the draft was begun with: all answers came along, and there may be more to ask. */
export const CarriedOver = () => {
  const t = texts<keyof typeof fi>();
  return (
    <Notice kind="info" title={t('carriedOver')}>
      <p>{t('carriedOver.text')}</p>
    </Notice>
  );
};
