// Source maps whose file got longer letters (https://tc39.es/ecma426/, "Mappings structure").

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * The mappings of a file in which each character was replaced by `lengthOf` of them, on the same line. Only the column in the file
 * changes, which is the first number of a segment and counts from the segment before.
 */
export function shiftedMap(mappings, code, lengthOf) {
  const lines = code.split('\n')
  return mappings
    .split(';')
    .map((segments, line) => {
      if (segments === '') return ''
      const columns = columnsOf(lines[line] ?? '', lengthOf)
      let [before, shifted] = [0, 0]
      return segments
        .split(',')
        .map((segment) => {
          const [first, rest] = firstNumber(segment)
          before += first
          const now = columns(before)
          const text = numberText(now - shifted) + rest
          shifted = now
          return text
        })
        .join(',')
    })
    .join(';')
}

/** The column that each column has become. Characters are looked at once, since columns only grow. */
function columnsOf(line, lengthOf) {
  let [at, added] = [0, 0]
  return (column) => {
    for (; at < column && at < line.length; at++) if (line.charCodeAt(at) > 0x7f) added += lengthOf(line[at]) - 1
    return column + added
  }
}

/** The first number of a segment, in base 64 with a sign, and the rest of it. */
function firstNumber(segment) {
  let [value, shift, i] = [0, 0, 0]
  for (;;) {
    const digit = DIGITS.indexOf(segment[i++])
    value += (digit & 31) * 2 ** shift
    shift += 5
    if ((digit & 32) === 0) break
  }
  const magnitude = Math.floor(value / 2)
  return [value % 2 === 1 ? -magnitude : magnitude, segment.slice(i)]
}

function numberText(number) {
  let value = number < 0 ? -number * 2 + 1 : number * 2
  let text = ''
  do {
    const digit = value % 32
    value = Math.floor(value / 32)
    text += DIGITS[value > 0 ? digit + 32 : digit]
  } while (value > 0)
  return text
}
