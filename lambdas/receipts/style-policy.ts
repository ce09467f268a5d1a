import { createHash } from 'node:crypto';
import style from './receipt.css' with { type: 'text' };

/** The style of receipts, and of the records made like them, is the only one their pages' policy allows. */
export const stylePolicy = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
