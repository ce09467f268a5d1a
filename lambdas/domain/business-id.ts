const weights = [7, 9, 10, 5, 8, 4, 2] as const;

/** The digit after the hyphen, or undefined where the seven before it can have none (remainder 1). */
export const checkDigit = (sevenDigits: string): number | undefined => {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(sevenDigits.charAt(index)), 0);
  const remainder = sum % 11;
  if (remainder === 1) return undefined;
  return remainder === 0 ? 0 : 11 - remainder;
};

/** A Finnish business ID (*Y-tunnus*), `1234567-1`. */
export const isBusinessId = (text: string): boolean => {
  const [, digits, check] = /^(\d{7})-(\d)$/.exec(text) ?? [];
  return digits !== undefined && checkDigit(digits) === Number(check);
};
