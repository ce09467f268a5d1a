/** Types answers into a form on the screen, as a person does: field by field, page by page. */
import type { Page } from 'playwright-core';
import { valueAt } from '../../lambdas/domain/forms/answers.ts';
import { amountFor } from '../../lambdas/domain/forms/sums.ts';
import { everyField, type Field, isHidden, pagesOf } from '../../lambdas/domain/forms/tree.ts';
import type { Answers, CompiledForm, Schema } from '../../lambdas/domain/forms/types.ts';
import { settle } from '../../lambdas/domain/forms/visible.ts';

const idOf = (pointer: string): string =>
  `field${pointer.replaceAll('-', '--').replaceAll('/', '-').replace(/\s/g, '~~')}`;
const control = (page: Page, pointer: string, index = 0) =>
  page.locator(`[id="${idOf(pointer)}${index === 0 ? '' : `-${index + 1}`}"]`);

const written = (field: Field, value: unknown): string => {
  if (field.control === 'date') return String(value).split('-').toReversed().map(Number).join('.');
  return String(value).replace('.', field.control === 'number' ? ',' : '.');
};

const addItems = async (page: Page, { pointer, schema }: Field, wanted: number): Promise<void> => {
  // A required list begins with its items, a tuple with its own; the others are added.
  await control(page, pointer).waitFor();
  const items = page.locator(`[id^="${idOf(pointer)}-item-"]`);
  const own = Array.isArray(schema.items) ? schema.items.length : 0;
  for (let count = await items.count(); count < Math.max(wanted, own); count += 1)
    await control(page, pointer).click();
};

/** One field's answer; of a group nothing, for its fields have their own turn. */
const answer = async (page: Page, field: Field, value: unknown): Promise<void> => {
  const { pointer, schema } = field;
  switch (field.control) {
    case 'text':
    case 'textarea':
    case 'decimal':
    case 'number':
    case 'date':
      await control(page, pointer).fill(written(field, value));
      return control(page, pointer).blur();
    case 'select':
      return void (await control(page, pointer).selectOption(String(schema.enum?.indexOf(value))));
    case 'radio':
      return control(page, pointer, (schema.enum ?? [true, false]).indexOf(value)).check();
    case 'checkbox':
      // Left alone it says nothing, which a required one must not: `false` is a tick taken back.
      if (value === false) await control(page, pointer).check();
      return control(page, pointer).setChecked(value === true);
    case 'checkboxes':
      for (const one of value as readonly unknown[])
        await control(page, pointer, ((schema.items as Schema).enum ?? []).indexOf(one)).check();
      return;
    case 'subventions':
      for (const [index, { id }] of (schema.options ?? []).entries())
        if (amountFor(value, String(id)) !== '0')
          await control(page, pointer, index).fill(amountFor(value, String(id)));
      return;
    case 'list':
      return addItems(page, field, (value as readonly unknown[]).length);
    default:
      return;
  }
};

/** What a yes brings into sight comes after it, whichever stands first on the page. */
const inTurn = (field: Field): number => (field.name === 'flag' ? 0 : 1);

const typePage = async (page: Page, held: Field, answers: Answers): Promise<void> => {
  const fields = [...everyField(held)].filter(field => !isHidden(field));
  const depth = ({ pointer }: Field) => pointer.split('/').length;
  fields.sort((a, b) => depth(a) - depth(b) || inTurn(a) - inTurn(b));
  for (const field of fields) {
    const value = valueAt(answers, field.pointer);
    if (value !== undefined) await answer(page, field, value);
  }
};

/** From the first page to where the answers are checked. */
export const typeAnswers = async (page: Page, form: CompiledForm, answers: Answers): Promise<void> => {
  for (const held of pagesOf(settle(form, answers).tree)) {
    await page.locator('#step-heading').waitFor();
    await typePage(page, held, answers);
    const heading = await page.locator('.form > .stack p').first().textContent();
    await page.getByRole('button', { name: 'Seuraava', exact: true }).click();
    await page.waitForFunction(
      before =>
        document.querySelector('.form > .stack p')?.textContent !== before ||
        document.querySelector('.error-summary'),
      heading,
    );
  }
};
