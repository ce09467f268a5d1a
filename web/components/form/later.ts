/** Fields that not every form has, in one script of their own: the page of every other form does not carry them. */
export { FileField } from './file-field.tsx';
export { SubventionField, SumField } from './grant-fields.tsx';
export { ListField } from './list-field.tsx';
