import type { FunctionComponent } from 'preact';
import { namesIn } from '../../../lambdas/domain/forms/answers.ts';
import { type Field as FieldNode, isShown } from '../../../lambdas/domain/forms/tree.ts';
import type { Control, Schema } from '../../../lambdas/domain/forms/types.ts';
import { CheckboxesField, CheckboxField, RadioField, SelectField } from './choice-field.tsx';
import { DateField } from './date-field.tsx';
import { Explanation, GroupFrame, Tooltip } from './field-frame.tsx';
import { FileField } from './file-field.tsx';
import { FormText } from './form-text.tsx';
import { type FieldProperties, type FormView, say } from './form-view.ts';
import { SubventionField, SumField } from './grant-fields.tsx';
import { ListField } from './list-field.tsx';
import { TextField } from './text-field.tsx';

/** Words between the questions; an info box stands out. */
const Paragraph = ({ field, view }: FieldProperties) => {
  const items = Array.isArray(field.schema.items) ? (field.schema.items as readonly Schema[]) : [];
  const paragraphs = [field.schema.description, ...items.map(item => item.title), field.ui['ui:help']]
    .map(key => say(view, key))
    .filter(text => text !== undefined);
  const title = say(view, field.schema.title);
  const isBox = String(field.ui['misc:variant']).toLowerCase() === 'infobox';
  return (
    <div class={isBox ? 'hds-notification' : 'form-paragraph'}>
      <div class={isBox ? 'hds-notification__content' : undefined}>
        {title !== undefined && (
          <div class={isBox ? 'hds-notification__label' : 'field__label'}>
            <FormText text={title} />
          </div>
        )}
        {paragraphs.map((text, index) => (
          <FormText key={index} text={text} />
        ))}
        <Tooltip field={field} view={view} />
      </div>
    </div>
  );
};

/** What a page holds directly: its sections. */
const isSection = ({ pointer }: FieldNode): boolean => namesIn(pointer).length === 2;

const Group = (properties: FieldProperties) => {
  const { field, view } = properties;
  const isRow = String(field.ui['ui:classNames'] ?? '').includes('inline-field-group');
  const fields = <FieldsOf field={field} view={view} />;
  if (field.schema.title === undefined)
    return (
      <div class="form-group">
        <Explanation {...properties} />
        {fields}
      </div>
    );
  return (
    <GroupFrame
      {...properties}
      kind={isSection(field) ? 'form-section' : 'form-group'}
      field={{ ...field, required: false }}
    >
      {isRow ? <div class="form-row">{fields}</div> : fields}
    </GroupFrame>
  );
};

const components: Readonly<Record<Exclude<Control, 'hidden'>, FunctionComponent<FieldProperties>>> = {
  group: Group,
  list: ListField,
  text: TextField,
  textarea: TextField,
  number: TextField,
  decimal: TextField,
  date: DateField,
  select: SelectField,
  year: SelectField,
  radio: RadioField,
  duration: RadioField,
  checkbox: CheckboxField,
  checkboxes: CheckboxesField,
  paragraph: Paragraph,
  file: FileField,
  subventions: SubventionField,
  sum: SumField,
};

/** One field of a form, whatever it is. */
export const FormField = ({ field, view }: FieldProperties) => {
  const Component = field.control === 'hidden' ? undefined : components[field.control];
  return Component && isShown(field) ? <Component field={field} view={view} /> : null;
};

/** What a page, a section or an item holds; or itself, where it is one question. */
export const FieldsOf = ({ field, view }: { readonly field: FieldNode; readonly view: FormView }) => (
  <>
    {(field.control === 'group' ? field.fields : [field]).map(inner => (
      <FormField key={inner.name} field={inner} view={view} />
    ))}
  </>
);
