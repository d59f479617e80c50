import { styleText } from 'node:util'
import { suspicious, visible } from './control-characters.ts'

export { visible }

/** Columns that a text takes in a terminal: combining marks none, East Asian wide characters and emoji two. */
export function columns(text: string): number {
  if (!suspicious.test(text)) return text.length
  let sum = 0
  for (const character of text) sum += columnsOf(character)
  return sum
}

function columnsOf(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0)!
  // Vowels and finals of Hangul that is written in its parts stand in the block that the first of them opens.
  if ((code >= 0x1160 && code <= 0x11ff) || (code >= 0xd7b0 && code <= 0xd7ff)) return 0
  if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) return 0
  return isWide(code) || /\p{Emoji_Presentation}/u.test(character) ? 2 : 1
}

// The blocks that Unicode's East Asian Width names W or F, coarsely: a column too many only leaves a blank.
// https://www.unicode.org/reports/tr11/
function isWide(code: number): boolean {
  if (code < 0x1100) return false
  return (
    code <= 0x115f ||
    (code >= 0x2e80 && code <= 0xa4cf && code !== 0x303f) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff01 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1f64f) ||
    (code >= 0x1f900 && code <= 0x1f9ff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  )
}

/** The text cut to this many columns; a cut text ends in `…`. */
export function cut(text: string, width: number): string {
  if (columns(text) <= width) return text
  if (width < 1) return ''
  let out = ''
  let used = 0
  for (const character of text) {
    const more = columnsOf(character)
    if (used + more > width - 1) break
    out += character
    used += more
  }
  return `${out.trimEnd()}…`
}

/** The text cut or padded with blanks to exactly this many columns. */
export function pad(text: string, width: number): string {
  const shown = cut(text, width)
  return shown + ' '.repeat(Math.max(0, width - columns(shown)))
}

/** Lines of at most `width` columns, broken at blanks; a word longer than a line is broken where the line ends. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  const room = Math.max(1, width)
  for (const word of text.split(/ +/).flatMap((w) => pieces(w, room))) {
    if (line !== '' && columns(line) + 1 + columns(word) > room) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  if (line !== '' || lines.length === 0) lines.push(line)
  return lines
}

function pieces(word: string, room: number): string[] {
  if (columns(word) <= room) return [word]
  const parts: string[] = []
  let part = ''
  let used = 0
  for (const character of word) {
    const more = columnsOf(character)
    if (used + more > room && part !== '') {
      parts.push(part)
      part = ''
      used = 0
    }
    part += character
    used += more
  }
  return [...parts, part]
}

/** Color, only when it is asked for: the terminal and the environment are not looked at here. */
export function paint(text: string, style: Parameters<typeof styleText>[0], color: boolean): string {
  return color ? styleText(style, text, { validateStream: false }) : text
}
