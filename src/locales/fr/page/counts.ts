import { formats } from '../../formats.ts'

// Numbers with their words.

export const { number: count, plural } = formats.fr
export const of = (n: number, one: string, many: string): string => `${count(n)} ${plural(n, one, many)}`
export const unit = (n: number, is: string, one: string, many: string): string => `${is} ${plural(n, one, many)}`
export const findingCount = (n: number): string => of(n, 'constat', 'constats')
export const rowCount = (n: number): string => of(n, 'ligne', 'lignes')
export const fileCount = (n: number): string => of(n, 'fichier', 'fichiers')
