import type { EpochMs } from '../case.ts';
import type { Language, Translated } from '../language.ts';
import type { Status } from '../status.ts';

/** JSON Schema (draft-07 style) as the city writes it; `definitions` are already put in place of their `$ref`s. */
export interface Schema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  /** What the values of `enum` are called, in its order; `ui:enumNames` goes before. */
  readonly enumNames?: readonly string[];
  /** The values that the names are of, where a condition has left fewer of them to choose. */
  readonly named?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema | readonly Schema[];
  readonly additionalItems?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Several where a condition adds one to a field's own: each must hold. */
  readonly pattern?: string | readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number | readonly number[];
  readonly allOf?: readonly Schema[];
  readonly if?: Condition;
  readonly then?: Schema;
  readonly else?: Schema;
  /** Rows of a subvention table: the kinds of grant that can be applied for. */
  readonly options?: readonly { readonly id: number | string; readonly label: string }[];
}

/** What `if` holds: judged by the interpreter as it is, never shown. */
export type Condition = object;

/** `ui:*` and `misc:*` of a field, and the same of what it contains under the properties' own names. */
export type UiSchema = Readonly<Record<string, unknown>>;

export type Applicant = 'person' | 'organisation';

export interface FormSettings {
  /** First instant the form can be sent; absent: always. */
  readonly opensAt?: EpochMs;
  /** First instant it no longer can; absent: never. */
  readonly closesAt?: EpochMs;
  readonly applicants: readonly Applicant[];
  /** False: never stored in the folder, nor as a draft (R6.7). */
  readonly stored: boolean;
  readonly actingYears: readonly number[];
  /** Files can be added to a sent case (R7.6). Without it only where a department asks for something. */
  readonly attachmentsAfterSending?: true;
  /** Statuses in which its sender may withdraw it, and those in which they may change it; none where it is absent. */
  readonly withdrawal?: readonly Status[];
  readonly amendment?: readonly Status[];
  /** Officials write in health care's own message service, never here (R7.8). */
  readonly messages?: 'elsewhere';
  /** How a decision is appealed against where it does not say so itself; plain text. */
  readonly appeal?: Translated;
  /** Registers for a course with limited places (R6.6). */
  readonly course?: Course;
  /** Sending it is consent, which other forms may ask for (R6.8). */
  readonly consent?: true;
  /** Id of the form by which consent must have been given before this one is filled in (R6.8). */
  readonly requiresConsent?: string;
  /** Codes of the register of mandates: an organisation's representative needs one of them. Absent: any mandate will do. */
  readonly roles?: readonly string[];
}

export interface Course {
  readonly places: number;
  /** How many may wait for a place; 0: none. */
  readonly waitingList: number;
  /** Tells one course of a form from the next, which begins with all its places free. */
  readonly round?: string;
}

/** A run of text: plain, strong, or a link. Definitions carry no HTML; their few tags become this when compiled. */
export type Inline = string | { readonly strong: string } | { readonly link: string; readonly href: string };
export type Block =
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] };
export type Text = string | readonly Block[];

/** What becomes of one kind of answer; `*` in a pointer stands for every item of a list. */
export type MigrationStep =
  | { readonly move: string; readonly to: string }
  /** Said aloud: these answers are given up. */
  | { readonly drop: string };

/** From one version to the version the next migration is from; the last one leads to the form itself. */
export interface Migration {
  readonly from: string;
  readonly steps: readonly MigrationStep[];
}

export interface FormPage {
  /** Name of the top-level property. */
  readonly id: string;
  readonly title: Translated;
}

/** A published form: immutable, whole, and all that browser and Lambda need to show and judge it. */
export interface CompiledForm {
  readonly id: string;
  /** First 12 hex digits of the sha256 of the rest. */
  readonly version: string;
  /** Id of the service whose matter this form opens. */
  readonly service: string;
  readonly title: Translated;
  /** Every page there can be, in order; conditions may leave some out. */
  readonly pages: readonly FormPage[];
  readonly schema: Schema;
  readonly uiSchema: UiSchema;
  /** By language and key; a key without a text here is text itself. */
  readonly texts: Readonly<Record<Language, Readonly<Record<string, Text>>>>;
  readonly settings: FormSettings;
  /** Oldest first; absent where there are none. */
  readonly migrations?: readonly Migration[];
}

export type Answers = Readonly<Record<string, unknown>>;

/** How a field is filled in. */
export type Control =
  | 'group'
  | 'list'
  | 'text'
  | 'textarea'
  | 'number'
  | 'decimal'
  | 'date'
  | 'select'
  | 'radio'
  | 'checkbox'
  | 'checkboxes'
  | 'hidden'
  | 'paragraph'
  | 'file'
  | 'year'
  | 'subventions'
  | 'sum'
  | 'duration';

/** A file as an answer holds it: the city's own shape; `integrationID` is the attachment's id. */
export interface FileAnswer {
  readonly integrationID: string;
  readonly fileName: string;
  readonly fileType: number;
  /** Bytes. */
  readonly size: number;
  readonly isNewAttachment: boolean;
  readonly isDeliveredLater: boolean;
  readonly isIncludedInOtherFile: boolean;
}
