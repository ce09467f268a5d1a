/**
 * What a form page needs after the first answer, in one script that comes with it: the first question does not wait for
 * any of it, and once it is there the form can be filled in and checked without a network.
 */

export { spelled } from '../../../lambdas/domain/forms/spelling.ts';
export { treeErrors } from '../../../lambdas/domain/forms/validate.ts';
export { aim, openCarried } from '../../client/carry.ts';
export { errorText } from '../../components/form/error-text.ts';
export { Amends } from './amends.tsx';
export { Before } from './before.tsx';
export { CarriedOver } from './carried-over.tsx';
export { Conflict } from './conflict.tsx';
export { ConsentGate } from './consent-gate.tsx';
export { Ending } from './ending.tsx';
export { Missing } from './gate.tsx';
export { Places } from './places.tsx';
export { goOn, offer } from './restoring.ts';
export { failureText } from './send-failures.ts';
