import type { ComponentChildren } from 'preact';
import { option } from '../../../lambdas/domain/forms/controls.ts';
import { filesOf, isPromised } from '../../../lambdas/domain/forms/files.ts';
import { amountFor } from '../../../lambdas/domain/forms/sums.ts';
import { labelOf, plainText } from '../../../lambdas/domain/forms/text.ts';
import { type Field, isShown, pagesOf } from '../../../lambdas/domain/forms/tree.ts';
import type { Answers, CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { settle } from '../../../lambdas/domain/forms/visible.ts';
import type { Language } from '../../../lambdas/domain/language.ts';
import { texts } from '../../client/texts.ts';
import { choiceText } from './choices.ts';
import { finnishDate } from './dates.ts';
import type fi from './fi.json';
import { nameOf, optionText } from './form-view.ts';
import { money } from './money.ts';

interface Shown {
  readonly form: CompiledForm;
  readonly language: Language;
  /** What is to be said of a field below its answer. */
  readonly mark?: ((pointer: string) => ComponentChildren) | undefined;
}
interface FieldProperties {
  readonly field: Field;
  readonly shown: Shown;
}

const isHiddenFromView = (field: Field): boolean =>
  !isShown(field) || field.control === 'paragraph' || option(field.ui, 'hideFromPreview') === true;

/** The name on paper: the definition's own for it, or the label. */
const printedName = (field: Field, shown: Shown): string => {
  const printable = optionText(field, 'printableName', shown);
  return printable === undefined ? nameOf(field, shown) : plainText(printable);
};

const fileValue = (value: unknown): string => {
  const t = texts<keyof typeof fi>();
  const names = filesOf(value).map(file => file.fileName);
  if (names.length > 0) return names.join(', ');
  if (!isPromised(value)) return '';
  return t((value as { isDeliveredLater?: boolean }).isDeliveredLater ? 'answers.later' : 'answers.included');
};

const subventions = ({ field, shown: { form, language } }: FieldProperties): string =>
  (field.schema.options ?? [])
    .map(
      ({ id, label }) =>
        `${labelOf(form, language, label)}: ${money(amountFor(field.value, String(id)) || '0')} €`,
    )
    .join('\n');

export const words = (properties: FieldProperties): string => {
  const t = texts<keyof typeof fi>();
  const { field, shown } = properties;
  const { control, value } = field;
  const choice = (one: unknown) =>
    choiceText(field, one, shown, { yes: t('answers.yes'), no: t('answers.no') });
  if (control === 'file') return fileValue(value);
  if (control === 'subventions') return value === undefined ? '' : subventions(properties);
  if (value === undefined) return '';
  if (control === 'sum') return money(value);
  if (control === 'date') return finnishDate(String(value));
  if (control === 'checkboxes' && Array.isArray(value)) return value.map(choice).join(', ');
  if (['radio', 'select', 'duration', 'checkbox'].includes(control)) return choice(value);
  return typeof value === 'number' ? String(value).replace('.', ',') : String(value);
};

const Answer = (properties: FieldProperties) => {
  const t = texts<keyof typeof fi>();
  const value = words(properties);
  // The heading above says it already; who only hears the page still needs it.
  const isNamed = option(properties.field.ui, 'hideNameFromPrint') !== true;
  return (
    <div class="answers__answer">
      <dt class={isNamed ? undefined : 'visually-hidden'}>
        {printedName(properties.field, properties.shown)}
      </dt>
      <dd>
        <span class={value === '' ? 'muted' : undefined}>{value === '' ? t('answers.none') : value}</span>
        {properties.shown.mark?.(properties.field.pointer)}
      </dd>
    </div>
  );
};

const isLeaf = ({ control }: Field): boolean => control !== 'group' && control !== 'list';

/** Answers in a row make one list; groups between them have their own. */
const Fields = ({ fields, shown, level }: { fields: readonly Field[]; shown: Shown; level: number }) => {
  const parts: ComponentChildren[] = [];
  let row: Field[] = [];
  const end = () => {
    if (row.length > 0)
      parts.push(
        <dl class="answers__list" key={row[0]?.pointer}>
          {row.map(field => (
            <Answer key={field.name} field={field} shown={shown} />
          ))}
        </dl>,
      );
    row = [];
  };
  for (const field of fields) {
    if (isHiddenFromView(field)) continue;
    if (isLeaf(field)) row.push(field);
    else {
      end();
      parts.push(<Part key={field.pointer} field={field} shown={shown} level={level} />);
    }
  }
  end();
  return <>{parts}</>;
};

const Heading = ({ level, children }: { level: number; children: ComponentChildren }) => {
  const Tag = `h${Math.min(level, 6)}` as 'h3';
  return <Tag class="answers__heading">{children}</Tag>;
};

const Items = ({ field, shown, level }: FieldProperties & { level: number }) => {
  const t = texts<keyof typeof fi>();
  if (field.fields.length === 0) return <p class="muted">{t('answers.none')}</p>;
  return (
    <ol class="answers__items">
      {field.fields.map(item => (
        <li key={item.name}>
          <Fields fields={item.control === 'group' ? item.fields : [item]} shown={shown} level={level} />
        </li>
      ))}
    </ol>
  );
};

const Part = ({ field, shown, level }: FieldProperties & { level: number }) => {
  const isNamed = option(field.ui, 'hideNameFromPrint') !== true && field.schema.title !== undefined;
  return (
    <div class="answers__part">
      {isNamed && <Heading level={level}>{printedName(field, shown)}</Heading>}
      {shown.mark?.(field.pointer)}
      {field.control === 'list' ? (
        <Items field={field} shown={shown} level={level + 1} />
      ) : (
        <Fields fields={field.fields} shown={shown} level={level + 1} />
      )}
    </div>
  );
};

interface Properties {
  readonly form: CompiledForm;
  readonly answers: Answers;
  readonly language: Language;
  /** Level of the pages' headings; 3 by default. */
  readonly level?: number;
  /** Beside each page's heading: a way to its questions. */
  readonly action?: (page: string, title: string) => ComponentChildren;
  /** Below an answer, by its pointer. */
  readonly mark?: (pointer: string) => ComponentChildren;
}

/**
 * All answers as the form has them, page by page: before sending, and for ever after in the folder (R7.5). What was not
 * answered is shown too, so that a reader knows it was asked. Texts: `answersTexts`.
 */
export const AnswersView = ({ form, answers, language, level = 3, action, mark }: Properties) => {
  const shown = { form, language, mark };
  return (
    <div class="answers">
      {pagesOf(settle(form, answers).tree).map(page => (
        <section class="answers__page" key={page.name}>
          <div class="answers__title">
            <Heading level={level}>{printedName(page, shown)}</Heading>
            {action?.(page.name, printedName(page, shown))}
          </div>
          <Fields fields={page.control === 'group' ? page.fields : [page]} shown={shown} level={level + 1} />
        </section>
      ))}
    </div>
  );
};
