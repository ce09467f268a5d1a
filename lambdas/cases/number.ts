import type { CaseNumber } from '../domain/case.ts';
import { type CasePrefix, parseCaseNumber } from '../domain/case-number.ts';
import { refuse } from '../domain/refusal.ts';
import type { PublicRequest } from '../http/request.ts';

/** The number in the path, however it was typed. What cannot be one is unknown like any other. */
export const numberOf = ({ parameters }: Pick<PublicRequest, 'parameters'>, prefix: CasePrefix): CaseNumber =>
  parseCaseNumber(prefix, parameters.caseNumber ?? '') ?? refuse({ kind: 'not-found' });
