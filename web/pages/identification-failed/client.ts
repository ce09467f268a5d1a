import { showReason } from '../../components/frame/reason.ts';
import { keepReturn } from '../../components/frame/return-path.ts';

showReason();
keepReturn();
