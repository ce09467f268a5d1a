import type { Language } from '../../../lambdas/domain/language.ts';
import { bulletinsTexts } from './bulletins-texts.ts';

/** Where a public page shows what is announced; hidden while there is nothing (`show-bulletins.ts`). */
export const BulletinsPlace = ({ language }: { language: Language }) => (
  <section class="bulletins" id="bulletins" aria-labelledby="bulletins-title" hidden>
    <h2 id="bulletins-title">{bulletinsTexts(language).bulletins}</h2>
    <ul />
  </section>
);
