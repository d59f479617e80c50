import { splitHeadLines } from '../../lib/text.ts'

/**
 * Are most lines of a beginning records of a log (objects, events as elements, or rows of a table)? A title in front of such lines does
 * not make the text of a tool of them.
 */
export function isMostlyRecords(text: string): boolean {
  const lines = splitHeadLines(text.slice(0, 16_384)).filter((line) => line.trim() !== '')
  return lines.filter(isRecord).length * 2 > lines.length
}

function isRecord(line: string): boolean {
  return /^\s*(?:\[?\{\s*"|<Event\b)/.test(line) || line.split(/[,;\t]/, 5).length === 5
}
