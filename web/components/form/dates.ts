/** `2026-12-24` as it is written in Finland; anything else as it is. */
export const finnishDate = (value: string): string => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
  return day === undefined ? value : `${Number(day)}.${Number(month)}.${year}`;
};

/**
 * `24.12.2026`, `24.12.26`, `24 12 2026`, `24/12/2026` as `2026-12-24`; what is no date stays as it was typed. Two digits
 * above 36 are of the last century: few forms look further ahead, many ask when one was born.
 */
export const isoDate = (typed: string): string => {
  const [, day, month, year = ''] =
    /^\s*(\d{1,2})[.\s/-]+(\d{1,2})[.\s/-]+(\d{4}|\d{2})\s*$/.exec(typed) ?? [];
  if (day === undefined || month === undefined) return typed;
  const full = year[2] ? year : (year > '36' ? '19' : '20') + year;
  return `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
};
