import type { Said } from '../../machines/script/localText.ts';
import type { LibraryFault, Loaded } from './fault.ts';

/** One record with the line on which it begins: a quoted field may run over several lines. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

const MAX_BYTES = 5_000_000;
const startsWith = (bytes: Uint8Array, ...head: number[]): boolean => head.every((byte, at) => bytes[at] === byte);

/** Letters of Windows-1251 lie in 0xC0–0xFF; in UTF-8 each Russian letter takes a second byte of 0x80–0xBF. */
const looksLikeCp1251 = (bytes: Uint8Array): boolean => {
  const high = bytes.filter((byte) => byte >= 0x80);
  const letters = high.filter((byte) => byte >= 0xc0 || byte === 0xa8 || byte === 0xb8);
  return letters.length > high.length * 0.7;
};

const remedied = (ru: string, en: string): Said => ({
  ru: `${ru}. В Excel: «Сохранить как» → «CSV UTF-8 (разделитель — запятая)»`,
  en: `${en}. In Excel: “Save as” → “CSV UTF-8 (Comma delimited)”`,
});
const wrongCoding = (ru: string, en: string): Said =>
  remedied(`файл сохранён в кодировке ${ru}, нужна UTF-8`, `the file is saved in ${en}; UTF-8 is wanted`);
const afterQuote = (rest: string): Said => ({
  ru: `после закрывающей кавычки стоит лишнее: ${rest}`,
  en: `there is more after the closing quote: ${rest}`,
});

/** Text of a file in UTF-8, with or without a byte order mark; anything else is refused in words. */
export function decodeUtf8(file: string, bytes: Uint8Array): Loaded<string> {
  const refuse = (message: Said): Loaded<string> => ({ ok: false, faults: [{ file, message }] });
  if (bytes.length > MAX_BYTES)
    return refuse({ ru: 'файл больше 5 МБ: это не справочник', en: 'the file is over 5 MB: this is no directory' });
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) return refuse(wrongCoding('UTF-16', 'UTF-16'));
  if (startsWith(bytes, 0x50, 0x4b, 3, 4))
    return refuse(
      remedied('это книга Excel или архив, а нужен CSV', 'this is a workbook or an archive; a CSV is wanted'),
    );
  try {
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    return refuse(
      looksLikeCp1251(bytes)
        ? wrongCoding('Windows-1251', 'Windows-1251')
        : wrongCoding('неизвестной', 'an unknown coding'),
    );
  }
}

/** The separator that the first line has most of: Russian Excel writes semicolons. */
const separatorOf = (text: string): string => {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/u));
  const counted = [';', ',', '\t'].map((separator) => ({ separator, count: firstLine.split(separator).length }));
  return counted.toSorted((a, b) => b.count - a.count)[0]?.separator ?? ';';
};

/** Reads CSV (RFC 4180): quotes, doubled quotes, line breaks inside quotes. Empty lines are passed over. */
export function parseCsv(file: string, text: string): Loaded<readonly CsvRecord[]> {
  const separator = separatorOf(text);
  const records: CsvRecord[] = [];
  const faults: LibraryFault[] = [];
  let line = 1;
  let at = 0;
  let start = 1;
  let fields: string[] = [];

  const readQuoted = (): string => {
    const opened = line;
    let value = '';
    at += 1;
    while (at < text.length) {
      const character = text.charAt(at);
      if (character === '"' && text.charAt(at + 1) !== '"') {
        at += 1;
        return value;
      }
      if (character === '\n') line += 1;
      value += character;
      at += character === '"' ? 2 : 1;
    }
    faults.push({
      file,
      line: opened,
      message: { ru: 'кавычка открыта и не закрыта', en: 'a quote is opened and not closed' },
    });
    return value;
  };
  const readPlain = (): string => {
    const from = at;
    while (at < text.length && !isBreak(text.charAt(at)) && text.charAt(at) !== separator) at += 1;
    return text.slice(from, at);
  };
  const endRecord = (): void => {
    if (fields.some((field) => field !== '')) records.push({ line: start, fields });
    fields = [];
  };

  while (at < text.length) {
    if (fields.length === 0) start = line;
    let field = text.charAt(at) === '"' ? readQuoted() : readPlain();
    const rest = readPlain();
    if (rest.trim() !== '') faults.push({ file, line, message: afterQuote(rest.trim()) });
    field = field.trim();
    fields.push(field);
    const next = text.charAt(at);
    at += next === '\r' && text.charAt(at + 1) === '\n' ? 2 : 1;
    if (next === separator && at >= text.length) fields.push('');
    if (next === separator && at < text.length) continue;
    endRecord();
    line += 1;
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: records };
}
const isBreak = (character: string): boolean => character === '\n' || character === '\r';
