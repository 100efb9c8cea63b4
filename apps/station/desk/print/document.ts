// Puts text on PDF pages so that the same content gives the same bytes, whatever the day and the machine.
import PDFDocument from 'pdfkit';
import { createFonts, type Fonts, type Run, type Weight } from './fonts.ts';

export interface Style {
  readonly size: number;
  readonly weight: Weight;
}

export interface PageOptions {
  /** Width and height of a page, in points of 1/72 inch. */
  readonly width: number;
  readonly height: number;
  readonly margin: number;
  readonly title: string;
  /** Instant the content was made, ms since 1970: the only time that is written into the file. */
  readonly at: number;
}

/** A4, portrait. */
export const a4 = { width: 595.28, height: 841.89, margin: 42 } as const;

export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly margin: number;
  /** Width of a text in points. */
  measure(text: string, style: Style): number;
  /** Cuts a text into lines that are not wider than the given width. */
  wrap(text: string, style: Style, width: number): readonly string[];
  draw(text: string, at: { readonly x: number; readonly y: number }, style: Style): void;
  /** Draws a text that ends at x. */
  drawRight(text: string, at: { readonly x: number; readonly y: number }, style: Style): void;
  rule(y: number): void;
  newPage(): void;
  /** Ends the document; its bytes depend on nothing but what was drawn and the options. */
  finish(): Promise<Uint8Array>;
}

/** Words written right to left are laid out as a whole; figures stand in columns of equal width. */
const rightToLeftFeatures: PDFKit.Mixins.OpenTypeFeatures[] = ['kern', 'liga', 'calt'];
const figureFeatures: PDFKit.Mixins.OpenTypeFeatures[] = ['tnum'];

/** Opens a document with its first page. */
export function createSheet(options: PageOptions, fonts: Fonts = createFonts()): Sheet {
  const made = new Date(options.at);
  const document = new PDFDocument({
    size: [options.width, options.height],
    margin: 0,
    lang: 'en',
    info: { Title: options.title, Creator: 'QENEX Teller', CreationDate: made, ModDate: made },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));

  const optionsOf = (run: Run) => ({
    lineBreak: false,
    features: run.rightToLeft ? rightToLeftFeatures : figureFeatures,
  });

  function place(run: Run, style: Style): number {
    if (run.family === undefined) document.font(run.font);
    else document.font(run.font, run.family);
    document.fontSize(style.size);
    return document.widthOfString(run.text, optionsOf(run));
  }

  const measure = (text: string, style: Style): number =>
    fonts.runs(text, style.weight).reduce((sum, run) => sum + place(run, style), 0);

  function draw(text: string, at: { readonly x: number; readonly y: number }, style: Style): void {
    let x = at.x;
    for (const run of fonts.runs(text, style.weight)) {
      const width = place(run, style);
      // Fonts differ in height; one baseline keeps a line of several scripts level.
      document.text(run.text, x, at.y, { ...optionsOf(run), baseline: 'alphabetic' });
      x += width;
    }
  }

  function rule(y: number): void {
    document
      .moveTo(options.margin, y)
      .lineTo(options.width - options.margin, y)
      .lineWidth(0.5)
      .stroke();
  }

  function finish(): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      document.once('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
      document.once('error', reject);
      document.end();
    });
  }

  return Object.freeze({
    width: options.width,
    height: options.height,
    margin: options.margin,
    measure,
    wrap: (text: string, style: Style, width: number) =>
      wrapText(text, width, (t) => measure(t, style)),
    draw,
    drawRight: (text: string, at: { readonly x: number; readonly y: number }, style: Style) =>
      draw(text, { x: at.x - measure(text, style), y: at.y }, style),
    rule,
    newPage: () => void document.addPage({ size: [options.width, options.height], margin: 0 }),
    finish,
  });
}

/** Breaks at blanks, and inside a word only where the word alone is too wide. */
export function wrapText(
  text: string,
  width: number,
  measure: (text: string) => number,
): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => cutWord(each, width, measure))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measure(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

function cutWord(word: string, width: number, measure: (text: string) => number): string[] {
  if (measure(word) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (part !== '' && measure(part + character) > width) {
      parts.push(part);
      part = character;
    } else part += character;
  }
  return [...parts, part];
}
