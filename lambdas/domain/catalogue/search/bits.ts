/** Numbers as bits, six of them a character: gzip takes the characters' other bits away again. */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export interface BitWriter {
  /** The `width` lowest bits. */
  readonly write: (value: number, width: number) => void;
  readonly text: () => string;
}

export const bitWriter = (): BitWriter => {
  let text = '';
  let waiting = 0;
  let count = 0;
  const push = (bit: number): void => {
    waiting = waiting * 2 + bit;
    count += 1;
    if (count < 6) return;
    text += digits[waiting];
    waiting = count = 0;
  };
  return {
    write: (value, width) => {
      for (let place = width - 1; place >= 0; place -= 1) push((value >> place) & 1);
    },
    text: () => (count === 0 ? text : text + digits[waiting << (6 - count)]),
  };
};

export interface BitReader {
  readonly read: (width: number) => number;
}

/** Past the end there are zeros. */
export const bitReader = (text: string): BitReader => {
  let place = 0;
  const next = (): number => {
    const digit = digits.indexOf(text[Math.floor(place / 6)] ?? 'A');
    const bit = (digit >> (5 - (place % 6))) & 1;
    place += 1;
    return bit;
  };
  return {
    read: width => {
      let value = 0;
      for (let left = width; left > 0; left -= 1) value = value * 2 + next();
      return value;
    },
  };
};

/** From 1 on; the smaller the number, the fewer bits (Elias gamma). */
export const writeCount = ({ write }: BitWriter, value: number): void => {
  const width = 32 - Math.clz32(value);
  write(0, width - 1);
  write(value, width);
};

export const readCount = ({ read }: BitReader): number => {
  let width = 1;
  while (read(1) === 0 && width < 32) width += 1;
  return (1 << (width - 1)) | read(width - 1);
};

/** From 0 on, best for numbers around two to the power of `width` (Rice). */
export const writeGap = ({ write }: BitWriter, value: number, width: number): void => {
  for (let left = value >> width; left > 0; left -= 1) write(1, 1);
  write(0, 1);
  write(value, width);
};

export const readGap = ({ read }: BitReader, width: number): number => {
  let high = 0;
  while (read(1) === 1) high += 1;
  return (high << width) | read(width);
};
