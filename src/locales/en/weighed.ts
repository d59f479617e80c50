import { signKindWords, subjectKindWords } from '../../model/weight-words.ts'
import { settlingQuestions } from './settling-questions.ts'
import type { WeighedWords } from '../weighed.ts'

export const weighed: WeighedWords = { subjects: subjectKindWords, signs: signKindWords, asks: settlingQuestions }
