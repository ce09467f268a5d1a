import { texts } from '../../client/texts.ts';
import type receipts from '../../components/receipt/fi.json';
import { ReceiptLinks } from '../../components/receipt/receipt-links.tsx';
import { Part } from './part.tsx';

/** Proof of what was sent. */
export const Receipt = ({ caseNumber }: { caseNumber: string }) => (
  <Part title={texts<keyof typeof receipts>()('receipt')}>
    <ReceiptLinks caseNumber={caseNumber} />
  </Part>
);
