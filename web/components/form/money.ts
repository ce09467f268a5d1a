import { euros } from '../../../lambdas/domain/forms/sums.ts';

/** `12 020,50`, `1500`: cents are two or none, thousands apart from five digits on. What is no number stays as typed. */
export const money = (value: unknown): string => {
  const sum = euros(value);
  if (Number.isNaN(sum)) return String(value);
  const minimumFractionDigits = Number.isInteger(sum) ? 0 : 2;
  return sum.toLocaleString('fi-FI', {
    useGrouping: 'min2',
    minimumFractionDigits,
    maximumFractionDigits: 2,
  });
};
