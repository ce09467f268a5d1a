/** What a form's fields and answers say, as HTML: names and sums a definition leaves to us. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { compileForm } from '../../lambdas/domain/forms/compile.ts';
import { subventionRow } from '../../lambdas/domain/forms/sums.ts';
import type { Answers, CompiledForm, Schema } from '../../lambdas/domain/forms/types.ts';
import { settle } from '../../lambdas/domain/forms/visible.ts';
import { loadRendering, wordsOf } from './rendering.ts';

const rendering = await loadRendering();

/** One page with a section, *Tuet*, of these questions. */
const formOf = (properties: Readonly<Record<string, Schema>>, ui: object = {}): CompiledForm => {
  const section: Schema = { type: 'object', title: 'Tuet', properties };
  const { form, problems } = compileForm({
    id: 'koe',
    schema: { type: 'object', properties: { page: { type: 'object', properties: { section } } } },
    uiSchema: { page: { section: ui } },
  });
  assert.ok(form, JSON.stringify(problems));
  return form;
};

const asked = (form: CompiledForm, section: Answers): string => {
  const answers = { page: { section } };
  const { tree } = settle(form, answers);
  const [page] = tree.fields;
  assert.ok(page);
  return rendering.page(form, answers, tree, page, 'fi');
};
const answered = (form: CompiledForm, section: Answers): string =>
  wordsOf(rendering.answersShown(form, { page: { section } }, 'fi'));

const flag: Schema = { type: 'boolean', title: 'Onko muita' };

it('calls the items of a list without a name by the section it is in, not by a property’s name', () => {
  const item: Schema = { type: 'object', properties: { giver: { type: 'string', title: 'Antaja' } } };
  const form = formOf({ flag, other_grants: { type: 'array', items: item } });
  const words = wordsOf(asked(form, { flag: true, other_grants: [{}, {}] }));
  assert.match(words, /Tuet 1.*Poista tuet 1.*Tuet 2/);
  assert.doesNotMatch(words, /other.grants/i);
});

it('calls the one question of such an item so too', () => {
  const form = formOf({ flag, other_grants: { type: 'array', items: { type: 'string' } } });
  const html = asked(form, { flag: true, other_grants: ['Valtio'] });
  assert.match(html, /<label[^>]*>Tuet</);
  assert.doesNotMatch(wordsOf(html), /other.grants/i);
});

const grants = {
  kinds: {
    type: 'array',
    title: 'Avustukset',
    options: [
      { id: 1, label: 'Yleisavustus' },
      { id: 2, label: 'Kohdeavustus' },
    ],
  },
  sum: { type: 'string', title: 'Yhteensä' },
} satisfies Record<string, Schema>;
const ofGrants = { kinds: { 'ui:field': 'subventionTable' }, sum: { 'ui:field': 'subventionSum' } };

it('shows a sum and what is applied for as money is written, the same before and after it is sent', () => {
  const form = formOf(grants, ofGrants);
  const section = { kinds: [subventionRow('1', '12020,5'), subventionRow('2', '1500')] };
  const sum = /Yhteensä 13 520,50/;
  assert.match(wordsOf(asked(form, section)), sum);
  const shown = answered(form, section);
  assert.match(shown, sum);
  assert.match(shown, /Yleisavustus: 12 020,50 € Kohdeavustus: 1500 €/);
});

it('shows an amount that is no number as it was typed', () => {
  const shown = answered(formOf(grants, ofGrants), { kinds: [subventionRow('1', 'paljon')] });
  assert.match(shown, /Yleisavustus: paljon €/);
});

it('demands no one of several kinds of grant, but the only one there is', () => {
  const one = { kinds: { ...grants.kinds, options: grants.kinds.options.slice(0, 1) } };
  assert.doesNotMatch(asked(formOf(grants, ofGrants), {}), /aria-required="true"/);
  assert.match(asked(formOf(one, { kinds: ofGrants.kinds }), {}), /aria-required="true"/);
});

it('gives a field of many words one id, by which its hint can be named', () => {
  const name = 'Ålder på barnet';
  const html = asked(formOf({ [name]: { type: 'integer', description: 'Hela år' } }), {});
  const [, hint] = /aria-describedby="([^"]*)"/.exec(html) ?? [];
  assert.ok(hint !== undefined && !/\s/.test(hint), hint);
  assert.ok(html.includes(`id="${hint}"`), html);
});
