/** Words as paragraphs: each line is one, and is read in its own direction. */
import { Paragraph, TextRun, type IParagraphOptions } from 'docx'
import { isRightToLeft, linesOf } from '../text.ts'

/** One paragraph, in which several lines are parted by breaks. */
export function paragraph(text: string, options: Omit<IParagraphOptions, 'children' | 'text' | 'bidirectional'> = {}): Paragraph {
  const lines = linesOf(text)
  const rightToLeft = isRightToLeft(text)
  const children = lines.map((line, at) => new TextRun({ text: line, ...(at > 0 ? { break: 1 } : {}), ...(rightToLeft ? { rightToLeft } : {}) }))
  return new Paragraph({ ...options, ...(rightToLeft ? { bidirectional: true } : {}), children })
}
