// How numbers stand in sentences. One is not many, nothing is not "0 of 5", and all is not "5 of 5".

/** `12,345`: digits in groups of three, the same everywhere. */
export function formatCount(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `3 findings`, `1 finding`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`
}

/** `2 of 7 directories`, `all 7 directories`, `the only directory`, `none of 7 directories`. */
export function ofAll(n: number, all: number, one: string, many = `${one}s`): string {
  if (n === 0) return all === 0 ? `no ${one}` : `none of ${counted(all, one, many)}`
  if (n === all) return all === 1 ? `the only ${one}` : `all ${counted(all, one, many)}`
  return `${formatCount(n)} of ${counted(all, one, many)}`
}

/**
 * `a, b and 3 more files`: the first of a list. What is left out has a noun, so that two such lists can stand in one
 * sentence.
 */
export function formatList(names: readonly string[], shown: number, one: string, many = `${one}s`): string {
  const left = names.length - shown
  return `${names.slice(0, shown).join(', ')}${left > 0 ? ` and ${counted(left, `more ${one}`, `more ${many}`)}` : ''}`
}

/** `a`, `a and b`, `a, b and c`. */
export function formatAll(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`
}

/** From this number of hours on, an amount is given in days. */
const IN_DAYS = 72

/**
 * A part of so many hours: `5 of 48 hours`, `46.5 of 77 days`, `5 hours of 77 days`, `all but 5 hours of 77 days`,
 * `all 77 days`, `none of 77 days`. A part is never rounded to nothing or to all.
 */
export function formatShare(hours: number, of: number): string {
  if (of < IN_DAYS) return ofAll(hours, of, 'hour')
  const whole = `${tenths(of)} days`
  if (hours <= 0) return `none of ${whole}`
  if (hours >= of) return `all ${whole}`
  if (hours < 24) return `${counted(hours, 'hour')} of ${whole}`
  if (of - hours < 24) return `all but ${counted(of - hours, 'hour')} of ${whole}`
  return `${tenths(hours)} of ${whole}`
}

/** The same as the end of a sentence: `on 46.5 of 77 days`, `in 5 of 48 hours`, `in all but 5 hours of 77 days`. */
export function withinShare(hours: number, of: number): string {
  const share = formatShare(hours, of)
  return `${/hour/.test(share) ? 'in' : 'on'} ${share}`
}

/** `45 %`; a part is never rounded to nothing or to all: `under 1 %`, `over 99 %`. */
export function formatPercent(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : (100 * part) / whole
  if (percent > 0 && percent < 1) return 'under 1 %'
  if (percent > 99 && percent < 100) return 'over 99 %'
  return `${Math.round(percent)} %`
}

/** Hours as days, to a tenth; never more than there are. */
export function tenths(hours: number): number {
  return Math.floor((hours / 24) * 10) / 10
}

/** The first letter in upper case. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
