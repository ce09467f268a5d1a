import type { Translated } from '../language.ts';
import type { Applicant, CompiledForm } from './types.ts';

/** What the catalogue needs to know of a published form: its service is listed even where nobody has described it. */
export interface PublishedService {
  /** Id of the service. */
  readonly id: string;
  readonly form: string;
  readonly version: string;
  readonly name: Translated;
  readonly applicants: readonly Applicant[];
  /** False: never stored in the folder (R6.7). */
  readonly stored: boolean;
  /** Registers for a course (R6.6). */
  readonly course?: true;
}

export const publishedService = ({
  service: id,
  id: form,
  version,
  title: name,
  settings,
}: CompiledForm): PublishedService => ({
  id,
  form,
  version,
  name,
  applicants: settings.applicants,
  stored: settings.stored,
  ...(settings.course && { course: true }),
});
