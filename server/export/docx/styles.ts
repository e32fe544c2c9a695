/** The Word document's styles: what an organizer can change in one place. Fonts are those that their machines have. */
import { AlignmentType, BorderStyle, LevelFormat, LineRuleType, type INumberingOptions, type IStylesOptions } from 'docx'

export const INK = '12262E'
const SECOND_INK = '3C5159'
const ACTION = '0B5C66'
export const LINE = 'C4D0CE'
export const SUNK = 'E6ECEA'

const WORDS = 'Calibri'
const PROMPTS = 'Georgia'

/** US Letter with margins of an inch, in twentieths of a point. */
export const PAGE = { width: 12240, height: 15840, margin: 1440 }
export const TEXT_WIDTH = PAGE.width - 2 * PAGE.margin

export const BULLETS = 'bullets'
export const NUMBERS = 'numbers'

export const LANGUAGES = { en: 'en-US', es: 'es-MX' }

/** Sizes of type are half points, spaces twentieths of a point. */
export function stylesFor(lang: 'en' | 'es'): IStylesOptions {
  const small = { size: 19, color: SECOND_INK }
  const line = { style: BorderStyle.SINGLE, size: 4, color: LINE }
  return {
    default: {
      document: { run: { font: WORDS, size: 22, color: INK, language: { value: LANGUAGES[lang] } }, paragraph: { spacing: { after: 120, line: 271, lineRule: LineRuleType.AUTO } } },
      title: { run: { font: PROMPTS, size: 46, color: INK }, paragraph: { spacing: { before: 0, after: 160, line: 240, lineRule: LineRuleType.AUTO }, keepNext: true } },
      heading1: {
        run: { font: PROMPTS, size: 32, color: ACTION },
        paragraph: { spacing: { before: 440, after: 140, line: 240, lineRule: LineRuleType.AUTO }, keepNext: true, keepLines: true, border: { top: { ...line, size: 6, space: 12 } } },
      },
      heading2: { run: { bold: true, size: 24, color: INK }, paragraph: { spacing: { before: 240, after: 80, line: 240, lineRule: LineRuleType.AUTO }, keepNext: true, keepLines: true } },
      listParagraph: { paragraph: { spacing: { after: 70 } } },
    },
    paragraphStyles: [
      { id: 'Subtitle', name: 'Subtitle', basedOn: 'Normal', next: 'Normal', quickFormat: true, run: { size: 24, color: SECOND_INK }, paragraph: { spacing: { after: 40 }, keepNext: true } },
      { id: 'Lead', name: 'Lead', basedOn: 'Normal', next: 'Normal', quickFormat: true, run: { font: PROMPTS, italics: true, size: 24 }, paragraph: { spacing: { after: 180 }, keepNext: true } },
      {
        id: 'Quote', name: 'Quote', basedOn: 'Normal', next: 'Normal', quickFormat: true, run: { font: PROMPTS, size: 23 },
        paragraph: { indent: { left: 280 }, spacing: { before: 60, after: 160 }, border: { left: { style: BorderStyle.SINGLE, size: 18, color: ACTION, space: 12 } } },
      },
      { id: 'Note', name: 'Note', basedOn: 'Normal', next: 'Normal', quickFormat: true, run: small, paragraph: { spacing: { before: 80, after: 120, line: 252, lineRule: LineRuleType.AUTO } } },
      { id: 'Caption', name: 'caption', basedOn: 'Normal', next: 'Normal', quickFormat: true, run: { bold: true, size: 21, color: INK }, paragraph: { spacing: { before: 200, after: 80 }, keepNext: true } },
      { id: 'TableText', name: 'Table Text', basedOn: 'Normal', run: { size: 20 }, paragraph: { spacing: { before: 30, after: 30, line: 245, lineRule: LineRuleType.AUTO } } },
      { id: 'TableHead', name: 'Table Head', basedOn: 'TableText', run: { bold: true } },
      { id: 'Header', name: 'header', basedOn: 'Normal', run: small, paragraph: { spacing: { after: 0 } } },
      { id: 'Footer', name: 'footer', basedOn: 'Normal', run: small, paragraph: { alignment: AlignmentType.CENTER, spacing: { after: 0 } } },
    ],
  }
}

/** Two kinds of lists, three levels deep. */
export function numbering(): INumberingOptions {
  const style = (level: number) => ({ paragraph: { indent: { left: 360 * (level + 1), hanging: 360 } } })
  const level = (at: number, format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) => ({ level: at, format, text, alignment: AlignmentType.LEFT, style: style(at) })
  return {
    config: [
      { reference: BULLETS, levels: [level(0, LevelFormat.BULLET, '•'), level(1, LevelFormat.BULLET, '–'), level(2, LevelFormat.BULLET, '•')] },
      { reference: NUMBERS, levels: [level(0, LevelFormat.DECIMAL, '%1.'), level(1, LevelFormat.BULLET, '–'), level(2, LevelFormat.BULLET, '•')] },
    ],
  }
}
