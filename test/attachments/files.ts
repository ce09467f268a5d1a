/** Files of every kind the city takes, as small as each can be, and some that are not what they say. */
import { deflateRawSync } from 'node:zlib';

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

const u16 = (value: number): Buffer => Buffer.from([value & 255, value >> 8]);
const u32 = (value: number): Buffer => Buffer.concat([u16(value & 65_535), u16(value >>> 16)]);

/** An archive with the entries, stored; `flags` as APPNOTE 4.4.4 has them (1: encrypted). */
export const zip = (entries: Readonly<Record<string, string>>, flags = 0): Buffer => {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(entries)) {
    const data = ascii(text);
    const common = [u16(20), u16(flags), u16(0), u32(0), u32(0), u32(data.length), u32(data.length)];
    const local = Buffer.concat([
      ascii('PK\x03\x04'),
      ...common,
      u16(name.length),
      u16(0),
      ascii(name),
      data,
    ]);
    central.push(
      Buffer.concat([
        ascii('PK\x01\x02'),
        u16(20),
        ...common,
        u16(name.length),
        ...[u16(0), u16(0), u16(0), u16(0), u32(0), u32(at)],
        ascii(name),
      ]),
    );
    locals.push(local);
    at += local.length;
  }
  const list = Buffer.concat(central);
  const count = u16(central.length);
  const end = [ascii('PK\x05\x06'), u16(0), u16(0), count, count, u32(list.length), u32(at), u16(0)];
  return Buffer.concat([...locals, list, ...end]);
};

const office = (part: string, more: Readonly<Record<string, string>> = {}): Buffer =>
  zip({ '[Content_Types].xml': '<Types/>', [`${part}/main.xml`]: '<x/>', ...more });

const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504)]);
const openDocument = (type: string): Buffer =>
  zip({ mimetype: `application/vnd.oasis.opendocument.${type}`, 'content.xml': '<x/>' });

/** By name, so that each is also called what it is. */
export const good: Readonly<Record<string, Buffer>> = {
  'a.pdf': ascii('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj'),
  'bom.pdf': ascii('\xef\xbb\xbf%PDF-1.4\n'),
  'a.jpg': Buffer.from('ffd8ffe000104a464946', 'hex'),
  'a.jpeg': Buffer.from('ffd8ffe1', 'hex'),
  'a.png': Buffer.from('89504e470d0a1a0a0000000d', 'hex'),
  'a.gif': ascii('GIF89a'),
  'a.heic': Buffer.concat([u32(0x18000000), ascii('ftypheic')]),
  'a.tif': ascii('II*\0'),
  'a.tiff': ascii('MM\0*'),
  'a.rtf': ascii('{\\rtf1\\ansi}'),
  'a.docx': office('word'),
  'a.xlsx': office('xl'),
  'a.pptx': office('ppt'),
  'a.odt': openDocument('text'),
  'a.ods': openDocument('spreadsheet'),
  'a.zip': zip({ 'readme.txt': 'hei' }),
  'empty.zip': zip({}),
  'a.doc': compound,
  'a.xls': compound,
  'a.ppt': compound,
  'a.csv': Buffer.from('nimi;ikä\r\nMaija;3\r\n', 'utf8'),
  'latin.csv': ascii('nimi;ik\xe4\r\n'),
  'a.txt': ascii('Hei\tvaan\n'),
  'wide.txt': Buffer.concat([Buffer.from('fffe', 'hex'), Buffer.from('Hei', 'utf16le')]),
};

const exe = Buffer.concat([ascii('MZ\x90\0\x03\0\0\0'), deflateRawSync(ascii('x'.repeat(2000)))]);

/** What each is called, and why it is refused. */
export const bad: Readonly<
  Record<string, { readonly bytes: Buffer; readonly why: 'wrong-type' | 'unreadable' }>
> = {
  'exe.pdf': { bytes: exe, why: 'wrong-type' },
  'exe.txt': { bytes: exe, why: 'wrong-type' },
  'exe.docx': { bytes: exe, why: 'wrong-type' },
  'late.pdf': { bytes: Buffer.concat([exe, ascii('%PDF-1.7')]), why: 'wrong-type' },
  'zip.docx': { bytes: zip({ 'run.exe': 'MZ' }), why: 'wrong-type' },
  'word.xlsx': { bytes: office('word'), why: 'wrong-type' },
  'macro.docx': { bytes: office('word', { 'word/vbaProject.bin': 'x' }), why: 'wrong-type' },
  'html.jpg': { bytes: ascii('<html><script>'), why: 'wrong-type' },
  'docx.pdf': { bytes: office('word'), why: 'wrong-type' },
  'text.ods': { bytes: openDocument('text'), why: 'wrong-type' },
  'locked.zip': { bytes: zip({ 'secret.txt': 'x' }, 1), why: 'unreadable' },
  'locked.docx': { bytes: compound, why: 'unreadable' },
};
