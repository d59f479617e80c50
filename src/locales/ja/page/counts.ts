import { formats } from '../../formats.ts'

// Numbers with their words.

export const count = formats.ja.number
export const findingCount = (n: number): string => `検出事項${count(n)}件`
export const rowCount = (n: number): string => `${count(n)}行`
export const fileCount = (n: number): string => `ファイル${count(n)}個`
