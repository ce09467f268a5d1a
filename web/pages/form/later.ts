/**
 * What a form page needs after the first answer, in one script that comes with it: the first question does not wait for
 * any of it, and once it is there the form can be filled in and checked without a network.
 */
import { prepareAsking } from '../../client/prepare-asking.ts';

export { spelled } from '../../../lambdas/domain/forms/spelling.ts';
export { aim, openCarried } from '../../client/carry.ts';
export { copiesLeft } from '../../client/copies-on-device.ts';
export { Amends } from './amends.tsx';
export { Before } from './before.tsx';
export { CarriedOver } from './carried-over.tsx';
export { Closing } from './closing.tsx';
export { Conflict } from './conflict.tsx';
export { ConsentFirst } from './consent-first.tsx';
export { Ending } from './ending.tsx';
export { Missing } from './gate.tsx';
export { judge } from './judging.tsx';
export { fillIn } from './own-filling.ts';
export { goOn, offer } from './restoring.ts';
export { post } from './send.ts';

prepareAsking();
