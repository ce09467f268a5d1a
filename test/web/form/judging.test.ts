/** What the page itself says against sending. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import type { Answers, CompiledForm, Schema } from '../../../lambdas/domain/forms/types.ts';
import { settle } from '../../../lambdas/domain/forms/visible.ts';
import type { learnTime as learning } from '../../../web/client/server-time.ts';
import type { Upload } from '../../../web/components/file-sending/sending.ts';
import type { judge as judging } from '../../../web/pages/form/judging.tsx';
import type { Tried } from '../../../web/pages/form/use-errors.ts';
import { bundled } from './bundled.ts';

const { judge, learnTime } = await bundled<{
  readonly judge: typeof judging;
  readonly learnTime: typeof learning;
}>(`
export { learnTime } from '../../client/server-time.ts';
import { withTexts } from '../../client/texts.ts';
import { inLanguage } from '../../components/frame/page-texts.ts';
import * as judging from './judging.tsx';
export const judge = (...given) => withTexts(key => key, () => inLanguage('fi', () => judging.judge(...given)));
`);

/** One page, `/s`, of these questions. */
const formOf = (properties: Readonly<Record<string, Schema>>, ui: object): CompiledForm => {
  const { form, problems } = compileForm({
    id: 'koe',
    schema: { type: 'object', properties: { s: { type: 'object', properties } } },
    uiSchema: { s: ui },
  });
  assert.ok(form, JSON.stringify(problems));
  return form;
};

const day: Schema = { type: 'string', format: 'date', title: 'Päivä' };
const visits = formOf({ visits: { type: 'array', items: { type: 'object', properties: { day } } } }, {});
const review = '(review)';
const all: Tried = new Map([[review, new Set(['/s/visits/0/day', '/s/visits/1/day'])]]);

const minDate = [{ pointer: '/s/visits/1/day', code: 'minDate' }] as const;
const [first, second] = [{ day: '2026-11-30' }, { day: '2026-11-23' }];

/** The server has refused two visits for the second one's day; now these are on the screen. */
const after = (...seen: readonly (typeof first)[]) => {
  const treeOf = (answers: Answers) => settle(visits, answers).tree;
  const refused = { errors: minDate, tree: treeOf({ s: { visits: [first, second] } }) };
  const judgement = judge(visits, treeOf({ s: { visits: seen } }), all, refused, []);
  return { isFree: judgement.isFree(review), shown: [...judgement.texts.keys()] };
};

it('what the server found wrong stands until that is answered anew', () => {
  const stands = { isFree: false, shown: ['/s/visits/1/day'] };
  assert.deepEqual(after(first, second), stands);
  assert.deepEqual(after({ day: '2026-12-01' }, second), stands);
  assert.deepEqual(after(first, { day: '2026-11-24' }), { isFree: true, shown: [] });
});

it('of a question that is no more, or has moved, it keeps nobody from sending', () => {
  assert.deepEqual(after(first), { isFree: true, shown: [] });
  assert.deepEqual(after(second, first), { isFree: true, shown: [] });
});

it('a required file that is on its way is not missing, one that did not arrive is', () => {
  const form = formOf(
    { rules: { type: 'object', title: 'Säännöt' } },
    { rules: { 'ui:field': 'atvFile', 'misc:required': true } },
  );
  const tried: Tried = new Map([['s', new Set(['/s/rules'])]]);
  const upload = { key: 'a', pointer: '/s/rules', file: new File([], 'a.pdf'), name: 'a.pdf', size: 0 };
  const shown = (...uploads: readonly Upload[]) => {
    const judgement = judge(form, settle(form, {}).tree, tried, undefined, uploads);
    return { isFree: judgement.isFree('s'), shown: [...judgement.texts.keys()] };
  };
  const missing = { isFree: false, shown: ['/s/rules'] };
  assert.deepEqual(shown(upload), { isFree: true, shown: [] });
  assert.deepEqual(shown(), missing);
  assert.deepEqual(shown({ ...upload, failure: 'ei onnistunut' }), missing);
  assert.deepEqual(shown({ ...upload, pointer: '/s/other' }), missing);
});

it('a file that was not taken stands until it is taken from the list, beside good ones too', () => {
  const form = formOf(
    { rules: { type: 'object', title: 'Säännöt' } },
    { rules: { 'ui:field': 'atvFile', 'misc:required': true } },
  );
  const { tree } = settle(form, { s: { rules: { integrationID: 'a', fileName: 'a.pdf', size: 3 } } });
  const tried: Tried = new Map([['s', new Set(['/s/rules'])]]);
  const unfit = {
    key: 'b',
    pointer: '/s/rules',
    name: 'b.exe',
    size: 3,
    failure: 'vääränlainen',
    isUnfit: true,
  } as const;
  assert.equal(judge(form, tree, tried, undefined, []).isFree('s'), true);
  const judgement = judge(form, tree, tried, undefined, [unfit]);
  assert.equal(judgement.isFree('s'), false);
  assert.match(String(judgement.texts.get('/s/rules')), /notTaken|joita ei otettu mukaan/);
});

it('counts days from today by the server’s clock: that of a phone may be a year behind', t => {
  const form = formOf({ day }, { day: { 'ui:widget': 'date', 'ui:options': { maxDate: 'today' } } });
  const { tree } = settle(form, { s: { day: '2026-11-20' } });
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2025-11-24T12:00:00+02:00') });
  t.after(() => learnTime(Date.now()));
  assert.equal(judge(form, tree, new Map(), undefined, []).isFree('s'), false);
  learnTime(Date.parse('2026-11-24T12:00:00+02:00'));
  assert.equal(judge(form, tree, new Map(), undefined, []).isFree('s'), true);
});
