/** The document for Word: real styles and headings, a table of each table, skies as pictures. It tells nothing of who made it, or when. */
import { AlignmentType, Document as Word, Footer, Header, HeadingLevel, Packer, PageNumber, Paragraph, TextRun } from 'docx'
import type { Document } from '#shared/report/model.ts'
import { sectionBody } from './docx/blocks.ts'
import { drawSkies } from './docx/skies.ts'
import { LANGUAGES, numbering, PAGE, stylesFor } from './docx/styles.ts'
import { paragraph } from './docx/text.ts'
import { linesOf } from './text.ts'
import { withoutTimes } from './zip-times.ts'

/** The bytes of a .docx file. The same document is the same bytes, whenever and wherever it is made. */
export async function docxOf(document: Document): Promise<Buffer> {
  const title = linesOf(document.title).join(' ')
  const pictures = await drawSkies(document.sections.flatMap((section) => section.blocks))
  const word = new Word({
    styles: stylesFor(document.lang),
    numbering: numbering(),
    sections: [
      {
        properties: { titlePage: true, page: { size: { width: PAGE.width, height: PAGE.height }, margin: { top: PAGE.margin, bottom: PAGE.margin, left: PAGE.margin, right: PAGE.margin } } },
        // The first page has the title itself.
        headers: { default: new Header({ children: [paragraph(title, { style: 'Header' })] }), first: new Header({ children: [new Paragraph({ style: 'Header' })] }) },
        footers: { default: pageNumber(), first: pageNumber() },
        children: [
          paragraph(title, { heading: HeadingLevel.TITLE }),
          ...document.subtitle.map((line) => paragraph(line, { style: 'Subtitle' })),
          ...sectionBody(document.sections, pictures),
        ],
      },
    ],
  })
  const bytes = await Packer.toBuffer(word, undefined, [{ path: 'docProps/core.xml', data: coreProperties(title, document.lang) }])
  return withoutTimes(bytes)
}

function pageNumber(): Footer {
  return new Footer({ children: [new Paragraph({ style: 'Footer', alignment: AlignmentType.CENTER, children: [new TextRun({ children: [PageNumber.CURRENT] })] })] })
}

/** In place of the library's: no creator, no editor, no revision, no dates. */
function coreProperties(title: string, lang: Document['lang']): string {
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">',
    `<dc:title>${escaped(title)}</dc:title><dc:language>${LANGUAGES[lang]}</dc:language>`,
    '</cp:coreProperties>',
  ].join('')
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`)
}
