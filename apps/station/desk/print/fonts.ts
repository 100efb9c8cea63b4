// Chooses a font for each stretch of text, because no one font draws every customer's name.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export type Weight = 'regular' | 'bold';

/** A stretch of text that one font draws. */
export interface Run {
  readonly text: string;
  /** File of the font. */
  readonly font: string;
  /** Which font of a collection (.ttc), by its PostScript name. */
  readonly family: string | undefined;
  readonly rightToLeft: boolean;
}

export interface Fonts {
  /** Cuts a text into runs; what no font draws becomes `?`, so that nothing is dropped in silence. */
  runs(text: string, weight: Weight): readonly Run[];
}

interface Face {
  readonly regular: string;
  readonly bold: string;
  readonly families?: { readonly regular: string; readonly bold: string };
  readonly ranges: readonly (readonly [number, number])[];
  readonly rightToLeft: boolean;
}

export interface FontFolders {
  /** Folder with Inter's woff files. */
  readonly inter: string;
  /** Folders with the Noto fonts of the system, for the scripts Inter does not draw. */
  readonly system: readonly string[];
}

/** Inter as installed with the program, and where the usual systems keep the Noto fonts. */
export function installedFolders(): FontFolders {
  const root = dirname(createRequire(import.meta.url).resolve('@fontsource/inter/package.json'));
  return {
    inter: join(root, 'files'),
    system: [
      '/usr/share/fonts/truetype/noto',
      '/usr/share/fonts/opentype/noto',
      '/usr/share/fonts/noto',
      '/usr/share/fonts/truetype/droid',
    ],
  };
}

// The ranges of @fontsource/inter's subsets (unicode.json), Latin first: it draws the punctuation of all.
const interSubsets: readonly (readonly [string, string])[] = [
  ['latin', '20-FF 131 152-153 2C6 2DA 2DC 2010-2027 2030-205E 20AC 2122 2191 2193 2212'],
  ['latin-ext', '100-2BA 2BD-2C5 1E00-1E9F 1EF2-1EFF 20A0-20C0 2113'],
  ['vietnamese', '300-309 323 329 1EA0-1EF9'],
  ['cyrillic', '400-45F 490-491 4B0-4B1 2116'],
  ['cyrillic-ext', '460-52F 1C80-1C8A'],
  ['greek', '370-3FF'],
  ['greek-ext', '1F00-1FFF'],
];

const notoScripts: readonly (readonly [string, string, boolean])[] = [
  ['NotoSansArabic', '600-6FF 750-77F FB50-FDFF FE70-FEFF', true],
  ['NotoSansHebrew', '590-5FF', true],
  ['NotoSansDevanagari', '900-97F', false],
  ['NotoSansBengali', '980-9FF', false],
  ['NotoSansTamil', 'B80-BFF', false],
  ['NotoSansThai', 'E00-E7F', false],
  ['NotoSansArmenian', '530-58F', false],
  ['NotoSansGeorgian', '10A0-10FF', false],
  ['NotoSansEthiopic', '1200-137F', false],
];

/** Reads ranges written in hexadecimal, such as `20-FF 131`. */
function rangesOf(text: string): readonly (readonly [number, number])[] {
  return text.split(' ').map((part) => {
    const [from = '', to = from] = part.split('-');
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
  });
}

function interFaces(folder: string): Face[] {
  return interSubsets.map(([subset, ranges]) => ({
    regular: join(folder, `inter-${subset}-400-normal.woff`),
    bold: join(folder, `inter-${subset}-600-normal.woff`),
    ranges: rangesOf(ranges),
    rightToLeft: false,
  }));
}

function notoFaces(folders: readonly string[]): Face[] {
  return notoScripts.flatMap(([name, ranges, rightToLeft]) => {
    const folder = folders.find((each) => existsSync(join(each, `${name}-Regular.ttf`)));
    if (folder === undefined) return [];
    const regular = join(folder, `${name}-Regular.ttf`);
    const bold = join(folder, `${name}-Bold.ttf`);
    return [
      {
        regular,
        bold: existsSync(bold) ? bold : regular,
        ranges: rangesOf(ranges),
        rightToLeft,
      },
    ];
  });
}

const eastAsian = rangesOf('2E80-9FFF AC00-D7AF F900-FAFF FF00-FFEF');

/** The small fallback that has Chinese, Japanese and Korean in one weight. */
function smallEastAsianFaces(folders: readonly string[]): Face[] {
  const file = 'DroidSansFallbackFull.ttf';
  const folder = folders.find((each) => existsSync(join(each, file)));
  if (folder === undefined) return [];
  const face = join(folder, file);
  return [{ regular: face, bold: face, ranges: eastAsian, rightToLeft: false }];
}

/** Chinese, Japanese and Korean come as one collection; the Japanese forms serve all where one must. */
function eastAsianFaces(folders: readonly string[]): Face[] {
  const folder = folders.find((each) => existsSync(join(each, 'NotoSansCJK-Regular.ttc')));
  if (folder === undefined) return smallEastAsianFaces(folders);
  return [
    {
      regular: join(folder, 'NotoSansCJK-Regular.ttc'),
      bold: join(folder, 'NotoSansCJK-Bold.ttc'),
      families: { regular: 'NotoSansCJKjp-Regular', bold: 'NotoSansCJKjp-Bold' },
      ranges: eastAsian,
      rightToLeft: false,
    },
  ];
}

export function createFonts(folders: FontFolders = installedFolders()): Fonts {
  const faces = [
    ...interFaces(folders.inter),
    ...notoFaces(folders.system),
    ...eastAsianFaces(folders.system),
  ];
  const latin = faces[0] as Face;

  const faceOf = (point: number): Face | undefined =>
    faces.find((face) => face.ranges.some(([from, to]) => point >= from && point <= to));

  function runs(text: string, weight: Weight): readonly Run[] {
    const found: { text: string; face: Face }[] = [];
    for (const character of text.normalize('NFC')) {
      const last = found.at(-1);
      const drawn = faceOf(character.codePointAt(0) as number);
      // A blank stays with the run before it, so that words written right to left keep their order.
      const face = character === ' ' && last ? last.face : (drawn ?? latin);
      const shown = drawn ? character : '?';
      if (last?.face === face) last.text += shown;
      else found.push({ text: shown, face });
    }
    return found.map((run) => ({
      text: run.text,
      font: run.face[weight],
      family: run.face.families?.[weight],
      rightToLeft: run.face.rightToLeft,
    }));
  }

  return Object.freeze({ runs });
}
