import { formats } from '../../formats.ts'

// Numbers with their words.

export const { number: count, plural } = formats.de
export const of = (n: number, one: string, many: string): string => `${count(n)} ${plural(n, one, many)}`
export const unit = (n: number, is: string, one: string, many: string): string => `${is} ${plural(n, one, many)}`
export const findingCount = (n: number): string => of(n, 'Befund', 'Befunde')
export const rowCount = (n: number): string => of(n, 'Zeile', 'Zeilen')
