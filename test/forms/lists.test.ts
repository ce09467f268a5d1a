/** A list whose items hold files. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { compileForm } from '../../lambdas/domain/forms/compile.ts';
import { settle } from '../../lambdas/domain/forms/visible.ts';
import { loadRendering, wordsOf } from './rendering.ts';

const rendering = await loadRendering();

const { form, problems } = compileForm({
  id: 'koe',
  schema: {
    type: 'object',
    properties: {
      s: {
        type: 'object',
        properties: {
          children: {
            type: 'array',
            title: 'Lapsi',
            items: {
              type: 'object',
              properties: {
                name: { type: 'string', title: 'Nimi' },
                paper: { type: 'object', title: 'Todistus' },
              },
            },
          },
        },
      },
    },
  },
  uiSchema: { s: { children: { items: { paper: { 'ui:field': 'atvFile' } } } } },
});

/** The page while a file for this place is on its way. */
const shown = (pointer?: string): string => {
  assert.ok(form, JSON.stringify(problems));
  const answers = { s: { children: [{ name: 'Aada' }, { name: 'Eino' }] } };
  const { tree } = settle(form, answers);
  const [page] = tree.fields;
  assert.ok(page);
  const uploads = pointer === undefined ? [] : [{ key: 'a', pointer, name: 'a.pdf', size: 1 }];
  return rendering.page(form, answers, tree, page, 'fi', undefined, uploads);
};

const pressable = (html: string): readonly string[] =>
  [...html.matchAll(/<button([^>]*)>(.*?)<\/button>/g)]
    .filter(([, attributes = '']) => !/aria-disabled(="true"|[ >]|$)/.test(attributes))
    .map(([, , words = '']) => wordsOf(words));

it('items stay in their places while a file is on its way to one of them', () => {
  const acts = ['Siirrä alas lapsi 1', 'Poista lapsi 1', 'Siirrä ylös lapsi 2', 'Poista lapsi 2', 'Lisää'];
  assert.deepEqual(pressable(shown()), acts);
  assert.deepEqual(pressable(shown('/s/paper')), acts);
  const held = shown('/s/children/1/paper');
  assert.deepEqual(pressable(held), ['Peruuta : a.pdf', 'Lisää']);
  assert.match(wordsOf(held), /vasta, kun keskeneräiset liitteet on ladattu tai poistettu/);
});
