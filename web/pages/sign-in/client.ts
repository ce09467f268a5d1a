import { keepReturn } from '../../components/frame/return-path.ts';

const back = document.getElementById('back');
if (keepReturn() && back) back.hidden = false;
